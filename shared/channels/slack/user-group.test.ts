import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { monday } from "../../../tests/support/builders.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { anOutgoingMessage } from "../../../tests/support/outgoing-message.ts";
import { type ProviderServer, startProvider } from "../../../tests/support/platform/provider-server.ts";
import { failureOf } from "../../../tests/support/suites/channel-suite.ts";
import { PermanentFailure, TemporaryFailure } from "../../domain/notifications/delivery.ts";
import type { Notification } from "../../domain/notifications/notification.ts";
import { createHttp } from "../../outbound/http.ts";
import { chatMessageStore } from "../../storage/notifications/chat-message-store.ts";
import { slackPayload } from "../slack.client.ts";
import { slackBot } from "./slack-bot.ts";

const accounts: Readonly<Record<string, string>> = { "ada@example.com": "U0ADA", "bob@example.com": "U0BOB" };
/** Emails of the people on call now. */
let onCall: readonly string[];
/** Members of the user group, as Slack has them. */
let members: string | undefined;
/** Runs once while Slack handles a change of the members. */
let meanwhile: () => void;

let slack: ProviderServer;
beforeAll(async () => {
  slack = await startProvider();
});
beforeEach(() => {
  members = undefined;
  meanwhile = () => {};
  slack.behave(({ path, body }) => {
    if (path !== "/api/users.lookupByEmail") {
      members = `${JSON.parse(body).usergroup}: ${JSON.parse(body).users}`;
      meanwhile();
      return { status: 200, body: '{"ok":true}' };
    }
    const id = accounts[new URLSearchParams(body).get("email") ?? ""];
    const answer = id ? { ok: true, user: { id } } : { ok: false, error: "users_not_found" };
    return { status: 200, body: JSON.stringify(answer) };
  });
});
afterAll(() => slack.close());

function handOff(kind: Notification["kind"] = "handoff") {
  const http = createHttp({ allowPrivate: true, allowedNetworks: [], timeoutMs: 5_000 });
  const messages = chatMessageStore(memoryTable(() => monday));
  const onCallEmails = async (team: string) => (team === "payments" ? onCall : []);
  const bot = slackBot({
    ...{ http, baseUrl: slack.url, token: "xoxb-1", onCallEmails },
    ...{ messages, payloadOf: slackPayload },
  });
  const metadata = { team: "payments", people: "cyd@example.com" };
  const fields = { kind, address: "S0PAYMENTS", channel: "slack", metadata } as const;
  return bot.deliver(anOutgoingMessage(fields, { incident: null, links: null }));
}

test("the people on call become the members of a user group", async () => {
  onCall = ["ada@example.com", "bob@example.com"];
  expect(await handOff()).toEqual({ detail: "2 members" });
  expect(members).toBe("S0PAYMENTS: U0ADA,U0BOB");
});

test("a message about an earlier handoff that arrives late does not undo a later one", async () => {
  onCall = ["ada@example.com"];
  await handOff();
  onCall = ["bob@example.com"];
  await handOff();
  await handOff();
  expect(members).toBe("S0PAYMENTS: U0BOB");
});

test("a handoff during a change of the members is applied by the next delivery", async () => {
  onCall = ["ada@example.com"];
  meanwhile = () => {
    onCall = ["bob@example.com"];
  };
  expect(await failureOf(handOff())).toBeInstanceOf(TemporaryFailure);
  await handOff();
  expect(members).toBe("S0PAYMENTS: U0BOB");
});

test("people without an account in the workspace are left out", async () => {
  onCall = ["cyd@example.com", "ada@example.com"];
  expect((await handOff()).detail).toMatch(/^1 member, 1 not found/);
  expect(members).toBe("S0PAYMENTS: U0ADA");
});

test("a group would be empty if no one has an account, which Slack does not allow", async () => {
  onCall = ["cyd@example.com"];
  expect(await failureOf(handOff())).toBeInstanceOf(PermanentFailure);
});

test("the members stay if no one is on call", async () => {
  onCall = [];
  expect(await handOff()).toEqual({ detail: "no one is on call, so the members stay" });
  expect(members).toBeUndefined();
});

test.each(["message", "announcement"] as const)(
  "a %s changes no members, whatever its metadata says",
  async (kind) => {
    onCall = ["bob@example.com"];
    const before = slack.requests.length;
    expect(await failureOf(handOff(kind))).toBeInstanceOf(PermanentFailure);
    expect(slack.requests.length).toBe(before);
  },
);
