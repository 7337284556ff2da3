import { afterAll, beforeAll, expect, test } from "vitest";
import { type ProviderServer, startProvider } from "../../../tests/support/platform/provider-server.ts";
import { createHttp } from "../../outbound/http.ts";
import { slackPeople } from "./slack-people.ts";

let slack: ProviderServer;
beforeAll(async () => {
  slack = await startProvider();
});
afterAll(() => slack.close());

async function personIn(user: object) {
  slack.behave({ status: 200, body: JSON.stringify({ ok: true, user }) });
  const { post } = createHttp({ allowPrivate: true, allowedNetworks: [], timeoutMs: 5_000 });
  const log = { info() {}, warn() {}, error() {} };
  return slackPeople({ post, baseUrl: slack.url, token: "xoxb-1", log })("U0ADA");
}

test("a member has an email in lower case and a name", async () => {
  const profile = { email: "Ada@Example.com" };
  expect(await personIn({ real_name: "Ada", profile })).toEqual({ email: "ada@example.com", name: "Ada" });
});

test("a name that is an email, which anyone can choose, is none", async () => {
  expect((await personIn({ real_name: "bob@example.com", profile: {} })).name).toBeUndefined();
});

test("someone who has left, and a bot, are nobody", async () => {
  const profile = { email: "ada@example.com" };
  expect(await personIn({ deleted: true, profile })).toEqual({});
  expect(await personIn({ is_bot: true, profile })).toEqual({});
});
