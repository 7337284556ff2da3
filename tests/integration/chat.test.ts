/** The Telegram bot and Slack's commands, through their handlers, on real emulators. */
import { createHmac } from "node:crypto";
import { beforeAll, describe, expect, test } from "vitest";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { limits } from "../../shared/domain/limits.ts";
import { createLinkCode } from "../../shared/use-cases/access/accounts/create-link-code.ts";
import { minutes, monday, seconds, unique } from "../support/builders.ts";
import { onCallApi } from "../support/functions/on-call-api.ts";

const telegramSecrets = ["the_new_secret_token", "the_old_secret_token"] as const;

const slackSecret = "what Slack signs commands with";

const api = onCallApi();
beforeAll(() => {
  Object.assign(process.env, {
    TELEGRAM_WEBHOOK_SECRET: telegramSecrets.join(),
    SLACK_SIGNING_SECRET: slackSecret,
  });
});

const open = async (): Promise<{ id: string; number: number }> =>
  api.ok("POST /api/v1/incidents", { title: "down", service: "checkout", severity: "high" });
const stateOf = (id: string) => api.ok(`GET /api/v1/incidents/${id}`);

let updates = 0;
function send(update: object, token: string | null = telegramSecrets[0], update_id?: number) {
  updates += 1;
  return api(
    "POST /telegram/webhook",
    { update_id: update_id ?? updates, ...update },
    token === null ? {} : { "x-telegram-bot-api-secret-token": token },
  );
}
const pressed = (sender: number, data: string) => ({
  callback_query: { id: "q1", from: { id: sender, first_name: "Ada" }, data, message: { message_id: 1 } },
});
const said = (sender: number, text: string) => ({
  message: { message_id: 2, from: { id: sender }, chat: { id: sender, type: "private" }, date: 1, text },
});

/** Creates a user with a linked account. */
async function linked(sender: number): Promise<string> {
  const email = `${unique("ada")}@example.com`;
  await api.ok(`PUT /api/v1/users/${email}`, { name: "Ada" });
  const { linkedAccounts, users } = await import("../../shared/runtime/stores.ts");
  const deps = { users: users(), linkedAccounts: linkedAccounts(), makeSecret: () => unique("code"), sha256 };
  const code = await createLinkCode(deps, email, "telegram", monday);
  const reply = await send(said(sender, `/start ${code}`));
  expect(reply.json()).toMatchObject({ method: "sendMessage", chat_id: String(sender) });
  return email;
}

describe("an update of the Telegram bot", () => {
  test("of a button is answered and executed once, however often it is sent", async () => {
    const email = await linked(42);
    const { id, number } = await open();
    const first = await send(pressed(42, `acknowledge ${id}`), telegramSecrets[0], 10_001);
    expect(first.json()).toEqual({
      method: "answerCallbackQuery",
      callback_query_id: "q1",
      text: `Acknowledged #${number} down.`,
    });
    expect(await stateOf(id)).toMatchObject({ status: "acknowledged", acknowledged_by: email });
    await api.ok(`POST /api/v1/incidents/${id}/unacknowledge`);
    const again = await send(pressed(42, `acknowledge ${id}`), telegramSecrets[1], 10_001);
    expect(again.json()).toEqual(first.json());
    expect(await stateOf(id)).toMatchObject({ status: "open" });
  });

  test("with a wrong or missing token is rejected without details and has no effect", async () => {
    await linked(43);
    const { id } = await open();
    for (const token of [null, "", "the_new_secret_tokeN", telegramSecrets.join()]) {
      const reply = await send(pressed(43, `acknowledge ${id}`), token);
      expect([reply.status, reply.headers["content-type"]]).toEqual([401, "application/problem+json"]);
      expect(reply.text).not.toContain("43");
    }
    expect(await stateOf(id)).toMatchObject({ status: "open" });
  });

  test("from an unknown account changes nothing, and a text gets no answer", async () => {
    const { id } = await open();
    expect((await send(said(44, "/start guess"))).json()).toEqual({});
    expect((await send(said(44, `ack ${id}`))).json()).toEqual({});
    expect((await send(pressed(44, `acknowledge ${id}`))).json()).toMatchObject({
      text: "Link your Telegram account on your page of the platform first.",
    });
    expect(await stateOf(id)).toMatchObject({ status: "open" });
  });

  test("of another kind is accepted, so that Telegram does not repeat it", async () => {
    for (const update of [
      {},
      { edited_message: {} },
      { message: { from: { id: 42 }, chat: { id: 42, type: "private" }, photo: [] } },
      pressed(42, "acknowledge"),
      pressed(42, "__proto__ inc_1"),
      pressed(42, "delete inc_1"),
    ]) {
      const reply = await send(update);
      expect([reply.status, reply.json()]).toEqual([200, {}]);
    }
  });

  test("that is too large is rejected before it is read", async () => {
    expect((await send(said(42, "x".repeat(limits.bodyBytes)))).status).toBe(413);
  });
});

describe("a slash command in Slack", () => {
  const formOf = (text: string, trigger = unique("trigger")) =>
    new URLSearchParams({
      command: "/oncall",
      text,
      trigger_id: trigger,
      user_id: "U1",
      user_name: "ada",
    }).toString();
  const run = (body: string, sentAt = monday, secret = slackSecret) => {
    const timestamp = String(Math.floor(sentAt / 1_000));
    const mac = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
    return api("POST /slack/actions", body, {
      "x-slack-request-timestamp": timestamp,
      "x-slack-signature": `v0=${mac}`,
    });
  };

  test("is executed in the name of its sender, who alone sees the answer", async () => {
    const { id, number } = await open();
    const reply = await run(formOf(`ack ${number}`));
    expect(reply.json()).toEqual({ response_type: "ephemeral", text: `Acknowledged #${number} down.` });
    expect(await stateOf(id)).toMatchObject({ status: "acknowledged", acknowledged_by: "ada" });
  });

  test("that is sent again gets the same answer and does nothing", async () => {
    const { id, number } = await open();
    const body = formOf(`ack ${number}`);
    const first = await run(body);
    await api.ok(`POST /api/v1/incidents/${id}/unacknowledge`);
    expect((await run(body)).json()).toEqual(first.json());
    expect(await stateOf(id)).toMatchObject({ status: "open" });
  });

  test("with a signature that is wrong or old does nothing", async () => {
    const { id, number } = await open();
    const body = formOf(`ack ${number}`);
    expect((await run(body, monday, "another secret")).status).toBe(401);
    expect((await run(body, monday - minutes(5) - seconds(1))).status).toBe(401);
    expect(await stateOf(id)).toMatchObject({ status: "open" });
  });

  test("answers no markup of others", async () => {
    const reply = await run(formOf("who <!channel>"));
    expect(reply.json<{ text: string }>().text).not.toContain("<");
  });
});
