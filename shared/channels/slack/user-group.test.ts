import { afterAll, beforeAll, expect, test } from "vitest";
import { monday } from "../../../tests/support/builders.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { anOutgoingMessage } from "../../../tests/support/outgoing-message.ts";
import { type ProviderServer, startProvider } from "../../../tests/support/platform/provider-server.ts";
import { failureOf } from "../../../tests/support/suites/channel-suite.ts";
import { PermanentFailure } from "../../domain/notifications/delivery.ts";
import type { Notification } from "../../domain/notifications/notification.ts";
import { createHttp } from "../../outbound/http.ts";
import { chatMessageStore } from "../../storage/notifications/chat-message-store.ts";
import { slackPayload } from "../slack.client.ts";
import { slackBot } from "./slack-bot.ts";

const accounts: Readonly<Record<string, string>> = { "ada@example.com": "U0ADA", "bob@example.com": "U0BOB" };

let slack: ProviderServer;
beforeAll(async () => {
  slack = await startProvider();
  slack.behave(({ path, body }) => {
    const email = new URLSearchParams(body).get("email") ?? "";
    const id = accounts[email];
    if (path !== "/api/users.lookupByEmail") return { status: 200, body: '{"ok":true}' };
    const answer = id ? { ok: true, user: { id } } : { ok: false, error: "users_not_found" };
    return { status: 200, body: JSON.stringify(answer) };
  });
});
afterAll(() => slack.close());

/** Hands off to people. @returns the receipt, and what Slack was asked last */
async function handOff(people: string, kind: Notification["kind"] = "handoff") {
  const http = createHttp({ allowPrivate: true, allowedNetworks: [], timeoutMs: 5_000 });
  const messages = chatMessageStore(memoryTable(() => monday));
  const bot = slackBot({ http, baseUrl: slack.url, token: "xoxb-1", messages, payloadOf: slackPayload });
  const fields = { kind, address: "S0PAYMENTS", channel: "slack", metadata: { people } } as const;
  const receipt = await bot.deliver(anOutgoingMessage(fields, { incident: null, links: null }));
  const { path, body } = slack.requests.at(-1) ?? { path: "", body: "{}" };
  return { receipt, path, asked: JSON.parse(body) };
}

test("the people on call become the members of a user group", async () => {
  expect(await handOff("ada@example.com,bob@example.com")).toEqual({
    receipt: { detail: "2 members" },
    path: "/api/usergroups.users.update",
    asked: { usergroup: "S0PAYMENTS", users: "U0ADA,U0BOB" },
  });
});

test("people without an account in the workspace are left out", async () => {
  const { receipt, asked } = await handOff("cyd@example.com,ada@example.com");
  expect(asked.users).toBe("U0ADA");
  expect(receipt.detail).toMatch(/^1 members, 1 not found/);
});

test("a group would be empty if no one has an account, which Slack does not allow", async () => {
  expect(await failureOf(handOff("cyd@example.com"))).toBeInstanceOf(PermanentFailure);
});

test.each(["message", "announcement"] as const)(
  "a %s changes no members, whatever its metadata says",
  async (kind) => {
    const before = slack.requests.length;
    expect(await failureOf(handOff("bob@example.com", kind))).toBeInstanceOf(PermanentFailure);
    expect(slack.requests.length).toBe(before);
  },
);
