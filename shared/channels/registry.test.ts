import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import type { ChannelDescription } from "./channel-type.ts";
import { channelClients } from "./clients.ts";
import { channelInSentence, channelLabel, channelNamed, channelNames, channels } from "./registry.ts";

const docs = readFileSync("docs/notifications.md", "utf8").split("\n");
const rowOf = (name: string) => docs.find((line) => line.startsWith(`| \`${name}\` `)) ?? "";

test.each(channelNames)(
  "%s has a row in the documentation with its addresses and its settings",
  async (name) => {
    const [, , addresses = "", required = ""] = rowOf(name).split("|");
    expect(addresses.trim()).toBe(channels[name].addresses.hint);
    const settings = Object.keys(channelClients[name].settings().shape);
    for (const [mentioned] of required.matchAll(/[A-Z]+_[A-Z_]*/g)) {
      expect(settings.some((setting) => setting.startsWith(mentioned))).toBe(true);
    }
  },
);

test.each(channelNames)("%s prints messages without the setting that its description names", async (name) => {
  const { settings, create } = channelClients[name];
  const missing: (string | undefined)[] = [];
  await create(settings().parse({}), {
    http: { get: fail, post: fail } as never,
    timeoutMs: 1,
    chatMessages: fail as never,
    callbacks: () => null,
    chatActions: () => null,
    present: () => null,
    pushDevices: { of: fail, drop: fail },
    receiptUrl: fail,
    onCallEmails: fail,
    printed: (setting) => {
      missing.push(setting);
      return { deliver: fail };
    },
  });
  const [first] = (channels[name] as ChannelDescription).setups ?? [];
  expect(missing.filter((name) => name !== undefined)).toEqual(first === undefined ? [] : [first.setting]);
});

const fail = () => Promise.reject(new Error("nothing is sent"));

test("a channel that this release doesn't have has no description, and is shown by its name", () => {
  expect(channelNamed("pager")).toBeUndefined();
  expect(channelNamed("constructor")).toBeUndefined();
  expect(channelLabel("pager")).toBe("pager");
  expect(channelLabel("sms")).toBe("SMS");
});

test.each([
  ["email", "email"],
  ["voice", "voice call"],
  ["sms", "SMS"],
  ["slack", "Slack"],
  ["teams", "Microsoft Teams"],
  ["pager", "pager"],
])("the channel %s is %s within a sentence: only proper names have capital letters", (name, words) => {
  expect(channelInSentence(name)).toBe(words);
});
