import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type Behaviour,
  type ProviderServer,
  startProvider,
} from "../../../tests/support/platform/provider-server.ts";
import { Unavailable } from "../../domain/errors.ts";
import { createHttp } from "../../outbound/http.ts";
import { slackPeople } from "./slack-people.ts";

let slack: ProviderServer;
beforeAll(async () => {
  slack = await startProvider();
});
afterAll(() => slack.close());

const personIn = (user: object) => answered({ status: 200, body: JSON.stringify({ ok: true, user }) });

function answered(answer: Behaviour, timeoutMs = 5_000) {
  slack.behave(answer);
  const { post } = createHttp({ allowPrivate: true, allowedNetworks: [], timeoutMs });
  const log = { info() {}, warn() {}, error() {} };
  return slackPeople({ post, baseUrl: slack.url, token: "xoxb-1", log })("U0ADA");
}

test("a member has an email in lower case and a name", async () => {
  const profile = { email: "Ada@Example.com" };
  expect(await personIn({ real_name: "Ada", profile })).toEqual({ email: "ada@example.com", name: "Ada" });
});

test("an email that would be that of another person in lower case is none", async () => {
  expect((await personIn({ profile: { email: "mi\u212Ae@example.com" } })).email).toBeUndefined();
});

test("a name that is an email, which anyone can choose, is none", async () => {
  expect((await personIn({ real_name: "bob@example.com", profile: {} })).name).toBeUndefined();
});

test("someone who has left, and a bot, are nobody", async () => {
  const profile = { email: "ada@example.com" };
  expect(await personIn({ deleted: true, profile })).toEqual({});
  expect(await personIn({ is_bot: true, profile })).toEqual({});
});

test("someone whom Slack does not know has no email", async () => {
  for (const error of ["user_not_found", "users_not_found", "user_not_visible"])
    expect(await answered({ status: 200, body: JSON.stringify({ ok: false, error }) })).toEqual({});
});

test.each<[string, Behaviour]>([
  ["a rate limit", { status: 429, body: '{"ok":false,"error":"ratelimited"}' }],
  ["a missing scope", { status: 200, body: '{"ok":false,"error":"missing_scope"}' }],
  ["an outage", { status: 503, body: "<html>" }],
  ["a closed connection", "resets"],
  ["no response", "hangs"],
])("%s is no answer", async (_, answer) => {
  await expect(answered(answer, 50)).rejects.toBeInstanceOf(Unavailable);
});
