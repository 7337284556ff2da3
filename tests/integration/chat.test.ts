/** The Telegram bot and Slack's commands, through their handlers, on real emulators. */
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { limits } from "../../shared/domain/limits.ts";
import { signAction } from "../../shared/http/mattermost/action-token.ts";
import { createLinkCode } from "../../shared/use-cases/access/accounts/create-link-code.ts";
import { minutes, monday, seconds, unique } from "../support/builders.ts";
import { onCallApi } from "../support/functions/on-call-api.ts";
import { type Answer, type ProviderServer, startProvider } from "../support/platform/provider-server.ts";
import { slackSignature } from "../support/slack-signature.ts";

const telegramSecrets = ["the_new_secret_token", "the_old_secret_token"] as const;

const slackSecret = "what Slack signs commands with";
const signingSecret = "what signs the buttons of Mattermost";

const api = onCallApi();
beforeAll(async () => {
  slack = await startProvider();
  slack.behave(({ path, headers, body }) => {
    if (outage) return outage;
    const id = new URLSearchParams(body).get("user") ?? "";
    const isKnown = path === "/api/users.info" && headers.authorization === "Bearer xoxb-1" && id in members;
    const user = { id, real_name: "Ada of Slack", profile: { email: members[id] } };
    return {
      status: 200,
      body: JSON.stringify(isKnown ? { ok: true, user } : { ok: false, error: "user_not_found" }),
    };
  });
  Object.assign(process.env, {
    TELEGRAM_WEBHOOK_SECRET: telegramSecrets.join(),
    SLACK_SIGNING_SECRET: slackSecret,
    SLACK_TEAM_ID: "T1",
    SIGNING_SECRET: signingSecret,
    SLACK_BOT_TOKEN: "xoxb-1",
    SLACK_BASE_URL: slack.url,
  });
});
afterAll(() => slack.close());

/** Emails of Slack's members by their IDs. */
const members: Record<string, string> = {};
let slack: ProviderServer;
/** Response of Slack to requests for a member during an outage. */
let outage: Answer | "hangs" | undefined;
afterEach(() => {
  outage = undefined;
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
  const { users } = await import("../../shared/runtime/stores.ts");
  const { linkedAccounts } = await import("../../shared/runtime/later/stores.ts");
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
      expect(reply.json()).toEqual({
        type: "urn:incident-platform:problem:unauthenticated",
        status: 401,
        title: "Key required",
        code: "unauthenticated",
        detail: "The secret token is missing or invalid",
        request_id: expect.any(String),
      });
    }
    expect(await stateOf(id)).toMatchObject({ status: "open" });
  });

  test("from an unknown account changes nothing, and a text gets no answer", async () => {
    const { id } = await open();
    expect((await send(said(44, "/start guess"))).json()).toEqual({});
    expect((await send(said(44, `ack ${id}`))).json()).toEqual({});
    expect((await send(pressed(44, `acknowledge ${id}`))).json()).toMatchObject({
      text: "Link your Telegram account on your profile page first.",
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

/** Sends a body as Slack does. */
function run(body: string, sentAt = monday, secret = slackSecret) {
  return api("POST /slack/actions", body, slackSignature(secret, body, sentAt));
}

/** A user who is a member of the workspace. */
async function aMember() {
  const email = `${unique("member")}@example.com`;
  await api.ok(`PUT /api/v1/users/${email}`, { name: "Ada" });
  const id = unique("U")
    .replaceAll(/[^A-Z0-9]/gi, "")
    .toUpperCase();
  members[id] = email.toUpperCase();
  return { id, email };
}

describe("a slash command in Slack", () => {
  const formOf = (text: string, fields: Readonly<Record<string, string>> = {}) =>
    new URLSearchParams({
      command: "/oncall",
      text,
      trigger_id: unique("trigger"),
      team_id: "T1",
      user_id: "U1",
      user_name: "ada",
      ...fields,
    }).toString();

  test("of a member with the email of a user is theirs", async () => {
    const { id: user_id, email } = await aMember();
    const { id, number } = await open();
    await run(formOf(`ack ${number}`, { user_id }));
    expect(await stateOf(id)).toMatchObject({ status: "acknowledged", acknowledged_by: email });
  });

  test("of another workspace, or of none, does nothing and says why", async () => {
    const { id, number } = await open();
    for (const team_id of ["T2", ""])
      expect((await run(formOf(`ack ${number}`, { team_id }))).json()).toEqual({
        response_type: "ephemeral",
        text: "Only members of the workspace that installed this app can use it.",
      });
    expect(await stateOf(id)).toMatchObject({ status: "open" });
  });

  test.each<[string, NonNullable<typeof outage>]>([
    ["limits the rate", { status: 429, body: '{"ok":false,"error":"ratelimited"}' }],
    ["hangs", "hangs"],
  ])("while Slack %s is executed under the Slack name, and later by the user again", async (_, reaction) => {
    const { id: user_id, email } = await aMember();
    const [first, second] = [await open(), await open()];
    outage = reaction;
    await run(formOf(`ack ${first.number}`, { user_id }));
    expect(await stateOf(first.id)).toMatchObject({ status: "acknowledged", acknowledged_by: "ada" });
    outage = undefined;
    await run(formOf(`ack ${second.number}`, { user_id }));
    expect(await stateOf(second.id)).toMatchObject({ acknowledged_by: email });
  });

  test("of someone whom Slack does not know is theirs a minute after they joined", async () => {
    const { id: user_id, email } = await aMember();
    const address = members[user_id] ?? "";
    delete members[user_id];
    const act = async () => {
      const { id, number } = await open();
      await run(formOf(`ack ${number}`, { user_id }), Date.now());
      return (await stateOf(id)).acknowledged_by;
    };
    expect(await act()).toBe("ada");
    members[user_id] = address;
    expect(await act()).toBe("ada");
    vi.setSystemTime(monday + minutes(1));
    expect(await act()).toBe(email);
  });

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

describe("a button in Slack", () => {
  const press = (team_id: string, incident: string) => {
    const payload = {
      ...{ type: "block_actions", trigger_id: unique("trigger"), team: { id: "T1" } },
      user: { id: "U1", name: "ada", team_id },
      actions: [{ action_id: "acknowledge", value: incident }],
      response_url: `${slack.url}/response`,
    };
    return run(new URLSearchParams({ payload: JSON.stringify(payload) }).toString());
  };

  test("has no effect for people of other workspaces, who are told so", async () => {
    const { id } = await open();
    expect((await press("T2", id)).status).toBe(200);
    const { path, body } = slack.requests.at(-1) ?? { path: "", body: "{}" };
    expect([path, JSON.parse(body)]).toEqual([
      "/response",
      {
        replace_original: false,
        response_type: "ephemeral",
        text: "Only members of the workspace that installed this app can use it.",
      },
    ]);
    expect(await stateOf(id)).toMatchObject({ status: "open" });
  });

  test("is executed, and Slack gets its response, although Slack hangs", async () => {
    const { id } = await open();
    outage = "hangs";
    expect((await press("T1", id)).status).toBe(200);
    expect(await stateOf(id)).toMatchObject({ status: "acknowledged", acknowledged_by: "ada" });
  });
});

describe("an event of Slack", () => {
  const thread = { channel: "C0PAYMENTS", ts: "1764000000.000100" };
  /** An incident with a message in Slack. */
  async function posted() {
    const { id } = await open();
    const { chatMessages } = await import("../../shared/runtime/later/stores.ts");
    const ts = `${1_764_000_000 + updates++}.000100`;
    const start = { incidentId: id, channel: "slack", address: thread.channel, startedAt: monday };
    const shown = { shownId: "ntf_1", shownAt: monday, version: 0, reference: `${thread.channel}:${ts}` };
    await chatMessages().save({ ...start, ...shown }, undefined);
    return { id, ts };
  }
  const said = (thread_ts: string, user: string, event: object = {}, event_id = unique("Ev")) =>
    JSON.stringify({
      ...{ type: "event_callback", team_id: "T1", event_id },
      event: {
        ...{ type: "message", channel: thread.channel, user, thread_ts, ts: "1764009999.000100", team: "T1" },
        ...{ text: "looks like &lt;DNS&gt;", ...event },
      },
    });
  const notesOf = async (id: string) => {
    const { timeline } = await api.ok(`GET /api/v1/incidents/${id}/timeline`);
    return timeline.filter(({ type }: { type: string }) => type === "note");
  };

  test("of a reply in the thread of an incident becomes its note, however often it is sent", async () => {
    const { id: user, email } = await aMember();
    const { id, ts } = await posted();
    const body = said(ts, user);
    for (let times = 0; times < 2; times += 1) expect((await run(body)).status).toBe(200);
    expect(await notesOf(id)).toMatchObject([{ actor: email, message: "looks like <DNS>" }]);
  });

  test("of a member becomes a note under their email, otherwise under the name in Slack", async () => {
    const { id, ts } = await posted();
    Object.assign(members, { U0STRANGER: "stranger@example.com", U0HIDDEN: "" });
    for (const user of ["U0STRANGER", "U0HIDDEN", "U0NOBODY"]) await run(said(ts, user));
    const authors = (await notesOf(id)).map(({ actor }: { actor: string }) => actor);
    expect(authors.toSorted()).toEqual(["Ada of Slack", "U0NOBODY", "stranger@example.com"]);
  });

  test("of an app, another thread, a guest or another workspace changes nothing", async () => {
    const { id, ts } = await posted();
    expect((await run(said(ts, "U1", { bot_id: "B1" }))).status).toBe(200);
    expect((await run(said("1.000100", "U1"))).status).toBe(200);
    expect((await run(said(ts, "U1", { team: "T2" }))).status).toBe(200);
    expect((await run(said(ts, "U1").replace('"team_id":"T1"', '"team_id":"T2"'))).status).toBe(200);
    expect((await run(said(ts, "U1"), monday, "another secret")).status).toBe(401);
    expect(await notesOf(id)).toEqual([]);
  });

  test("that asks for the challenge gets it", async () => {
    const body = JSON.stringify({ type: "url_verification", token: "x", challenge: "3eZbrw1aB" });
    expect((await run(body)).json()).toEqual({ challenge: "3eZbrw1aB" });
    expect((await run(body, monday, "another secret")).status).toBe(401);
  });
});

describe("a button in Mattermost", () => {
  const press = (action: string, fields: object = {}, token = signAction(action, signingSecret, monday)) =>
    api("POST /mattermost/actions", {
      ...{ user_id: "u1", user_name: "ada", post_id: "p1", trigger_id: unique("trigger"), type: "button" },
      ...{ context: { token }, ...fields },
    });

  test("is executed in the name of who presses it, and answered", async () => {
    const { id, number } = await open();
    const reply = await press(`acknowledge ${id}`);
    expect(reply.json()).toEqual({
      ephemeral_text: expect.stringContaining(`\\#${number} down\\: acknowledged by ada at `),
    });
    expect(await stateOf(id)).toMatchObject({ status: "acknowledged", acknowledged_by: "ada" });
    expect((await press(`resolve ${id}`)).status).toBe(200);
    expect(await stateOf(id)).toMatchObject({ status: "resolved" });
    expect((await press("acknowledge inc_none")).json()).toEqual({
      ephemeral_text: "This incident no longer exists.",
    });
  });

  test("that is sent again gets the same answer and does nothing", async () => {
    const { id } = await open();
    const fields = { trigger_id: unique("trigger") };
    const first = await press(`acknowledge ${id}`, fields);
    await api.ok(`POST /api/v1/incidents/${id}/unacknowledge`);
    expect((await press(`acknowledge ${id}`, fields)).json()).toEqual(first.json());
    expect(await stateOf(id)).toMatchObject({ status: "open" });
  });

  test("without a valid token of this purpose is 401", async () => {
    const { id } = await open();
    const action = `acknowledge ${id}`;
    const signed = signAction(action, signingSecret, monday);
    for (const token of [
      "",
      action,
      `${signed}x`,
      signed.replace("acknowledge", "resolve"),
      signAction(action, "another secret that is long enough", monday),
      signAction(action, signingSecret, monday - minutes(60) * 24 * 3),
    ])
      expect((await press(action, {}, token)).status).toBe(401);
    for (const body of [{}, { user_id: "u1" }, { user_id: "u1", context: {} }])
      expect((await api("POST /mattermost/actions", body)).status).toBe(401);
    expect(await stateOf(id)).toMatchObject({ status: "open" });
  });
});
