/** Answers of people in every channel, with the roles that they have here, through the handlers, on real emulators. */
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { withEmail } from "../../shared/domain/access/account.ts";
import { signAction } from "../../shared/http/mattermost/action-token.ts";
import { signCall } from "../../shared/http/tokens/call-token.ts";
import { signReply } from "../../shared/http/tokens/reply-token.ts";
import { anAccount, minutes, monday, unique } from "../support/builders.ts";
import { publicUrl, signedByTwilio, twilioToken } from "../support/drive/notifications.ts";
import { signedByVonage, vonageSecret } from "../support/drive/vonage.ts";
import { aTeam, onCallApi } from "../support/functions/on-call-api.ts";
import { type ProviderServer, startProvider } from "../support/platform/provider-server.ts";
import { slackSignature } from "../support/slack-signature.ts";

const slackSecret = "what Slack signs answers with";
const signingSecret = "what signs the tokens of answers here";
const telegramSecret = "the_secret_token_of_telegram";

const api = onCallApi();
/** Emails of Slack's members by their IDs. */
const members: Record<string, string> = {};
let slack: ProviderServer;
/** Texts that Slack got as replies to buttons. */
const replies: string[] = [];

beforeAll(async () => {
  slack = await startProvider();
  slack.behave(({ path, body }) => {
    if (path === "/reply") {
      replies.push(JSON.parse(body).text);
      return { status: 200, body: "ok" };
    }
    const email = members[new URLSearchParams(body).get("user") ?? ""];
    const answer = email
      ? { ok: true, user: { profile: { email } } }
      : { ok: false, error: "user_not_found" };
    return { status: 200, body: JSON.stringify(answer) };
  });
  Object.assign(process.env, {
    PUBLIC_URL: publicUrl,
    SIGNING_SECRET: signingSecret,
    INBOUND_EMAIL_DOMAIN: "in.example.com",
    OIDC_DEFAULT_ROLE: "",
    SLACK_SIGNING_SECRET: slackSecret,
    SLACK_BOT_TOKEN: "xoxb-1",
    SLACK_BASE_URL: slack.url,
    TELEGRAM_WEBHOOK_SECRET: telegramSecret,
    TWILIO_AUTH_TOKEN: twilioToken,
    VONAGE_SIGNATURE_SECRET: vonageSecret,
  });
});
afterAll(() => slack.close());

interface Person {
  readonly email: string;
  /** Differs if they are still paged at their former email. */
  readonly currentEmail: string;
  readonly slackId: string;
  readonly telegramId: number;
  readonly phone: string;
}

interface Asked {
  readonly person: Person;
  readonly incident: { readonly id: string; readonly number: number };
  /** Notification of the person about the incident. */
  readonly page: string;
  readonly action: "acknowledge" | "resolve";
}

const short = { acknowledge: "ack", resolve: "res" } as const;
const digits = { acknowledge: "4", resolve: "6" } as const;

const fromSlack = (form: Record<string, string>) => signedBySlack(new URLSearchParams(form).toString());

function signedBySlack(body: string) {
  return api("POST /slack/actions", body, slackSignature(slackSecret, body));
}

const fromTwilio = (path: string, form: Record<string, string>) =>
  api(`POST ${path}`, new URLSearchParams(form).toString(), signedByTwilio(path, form));

async function inSlack(user: string, { incident, action }: Pick<Asked, "incident" | "action">) {
  await fromSlack({
    payload: JSON.stringify({
      type: "block_actions",
      user: { id: user, name: "slacker" },
      actions: [{ action_id: action, value: incident.id }],
      response_url: `${slack.url}/reply`,
    }),
  });
  return replies.at(-1) ?? "";
}

/** Posts a message about an incident, and returns a function that says something in its thread. */
async function aThreadOf(incidentId: string) {
  const { chatMessages } = await import("../../shared/runtime/later/stores.ts");
  const [channel, thread_ts] = ["C0123456789", "1764000000.000100"];
  const posted = { shownId: "ntf_1", shownAt: monday, reference: `${channel}:${thread_ts}`, version: 0 };
  const start = { incidentId, channel: "slack", address: channel, startedAt: monday };
  await chatMessages().save({ ...start, ...posted }, undefined);
  return async (user: string, text: string) => {
    const event = { type: "message", channel, user, thread_ts, ts: "1764009999.000100", text };
    const body = JSON.stringify({ type: "event_callback", event_id: unique("Ev"), event });
    expect((await signedBySlack(body)).status).toBe(200);
  };
}

const command = async (user_id: string, text: string): Promise<string> =>
  (
    await fromSlack({
      command: "/oncall",
      text,
      trigger_id: unique("trigger"),
      user_id,
      user_name: "slacker",
    })
  ).json<{ text: string }>().text;

async function inMattermost({ incident, action }: Pick<Asked, "incident" | "action">): Promise<string> {
  const token = signAction(`${action} ${incident.id}`, signingSecret, Date.now());
  const pressed = { user_id: "u1", user_name: "ada", trigger_id: unique("trigger"), context: { token } };
  return (await api("POST /mattermost/actions", pressed)).json<{ ephemeral_text: string }>().ephemeral_text;
}

let updates = 50_000;

/** Answers as a person in each channel. Each returns the reply that they get. */
const channels: Readonly<Record<string, (asked: Asked) => Promise<string>>> = {
  "a button in Slack": ({ person, ...asked }) => inSlack(person.slackId, asked),
  "/oncall in Slack": ({ person, incident, action }) =>
    command(person.slackId, `${short[action]} ${incident.number}`),
  async "a button in Telegram"({ person, incident, action }) {
    updates += 1;
    const data = `${action} ${incident.id}`;
    const from = { id: person.telegramId, first_name: "Ada" };
    const update = {
      update_id: updates,
      callback_query: { id: "q1", from, data, message: { message_id: 1 } },
    };
    const headers = { "x-telegram-bot-api-secret-token": telegramSecret };
    return (await api("POST /telegram/webhook", update, headers)).json<{ text: string }>().text;
  },
  async "a text message"({ person, incident, action }) {
    const Body = `${short[action]} ${incident.number}`;
    return (await fromTwilio("/twilio/sms", { MessageSid: unique("SM"), From: person.phone, Body })).text;
  },
  async "a call over Twilio"({ page, action }) {
    const path = `/twilio/voice/${signCall(page, signingSecret, Date.now())}`;
    const form = { CallSid: unique("CA"), AnsweredBy: "human", Digits: digits[action] };
    return (await fromTwilio(path, form)).text;
  },
  async "a call over Vonage"({ page, action }) {
    const body = JSON.stringify({
      uuid: unique("call"),
      conversation_uuid: unique("con"),
      dtmf: { digits: digits[action], timed_out: false },
    });
    const path = `/vonage/calls/${signCall(page, signingSecret, Date.now())}`;
    return (await api(`POST ${path}`, body, signedByVonage(body))).text;
  },
  async "an email"({ person, page, action }) {
    const { notifications } = await import("../../shared/runtime/stores.ts");
    const before = await answersTo(person.email);
    await api("POST /email/replies", {
      sender: person.email,
      text: `${short[action]}\nbecause I know`,
      message_id: unique("message"),
      replies_to: [`${signReply(page, signingSecret)}@in.example.com`],
    });
    return (await answersTo(person.email)).find((text) => !before.includes(text)) ?? "";

    async function answersTo(recipient: string): Promise<string[]> {
      const { items } = await notifications().list({ recipient }, { limit: 50, after: null });
      return items.filter(({ kind }) => kind === "message").map(({ message }) => message);
    }
  },
};

interface Row {
  readonly isPaged?: true;
  readonly isInactive?: true;
  /** True for someone whose account has got another email, while channels and schedules still have the former. */
  readonly isRenamed?: true;
  /** True for someone who is on a schedule, but neither a user nor an account of the platform. */
  readonly isOnScheduleOnly?: true;
  readonly groups?: readonly string[];
  /** True if the former email has the role admin. */
  readonly isFormerAdmin?: true;
  /** Role in the team of the incident. */
  readonly here?: object;
  /** Role in another team. */
  readonly elsewhere?: object;
  /** Role in all teams. */
  readonly everywhere?: object;
  readonly may: readonly Asked["action"][];
}

const both = ["acknowledge", "resolve"] as const;

const rows: Readonly<Record<string, Row>> = {
  "someone without a role who was paged": { isPaged: true, may: ["acknowledge"] },
  "a responder whose email has changed": { isRenamed: true, here: { role: "responder" }, may: both },
  "someone who was paged at a former email": { isRenamed: true, isPaged: true, may: ["acknowledge"] },
  "a deactivated person whose former email is that of an admin": {
    isRenamed: true,
    isInactive: true,
    isFormerAdmin: true,
    may: [],
  },
  "someone on a schedule only who was paged": {
    isPaged: true,
    isOnScheduleOnly: true,
    may: ["acknowledge"],
  },
  "someone on a schedule only who was not paged": { isOnScheduleOnly: true, may: [] },
  "someone without a role": { may: [] },
  "a viewer": { everywhere: { role: "viewer" }, may: [] },
  "a viewer who was paged": { isPaged: true, here: { role: "viewer" }, may: ["acknowledge"] },
  "a responder of this team": { here: { role: "responder" }, may: both },
  "a responder by a group": { groups: ["sre"], here: { role: "responder", group: "sre" }, may: both },
  "a responder of another team": { elsewhere: { role: "responder" }, may: [] },
  "an admin": { everywhere: { role: "admin" }, may: both },
  "an admin whose account is deactivated": { isInactive: true, everywhere: { role: "admin" }, may: [] },
};

let people = 0;

/** Channels whose senders are known only by what their user has: a phone number, or a linked account. */
const channelsOfUsers = ["a button in Telegram", "a text message"];

/** Someone who is known in every channel, or in those that know their email. */
async function aPerson({
  groups = [],
  isInactive,
  isOnScheduleOnly,
  isRenamed,
}: Partial<Row>): Promise<Person> {
  people += 1;
  const email = `${unique("person")}@example.com`;
  const person = {
    email,
    currentEmail: isRenamed ? `${unique("renamed")}@example.com` : email,
    slackId: `U${people}`,
    telegramId: 1_000 + people,
    phone: `+4915${70_000_000 + people}`,
  };
  members[person.slackId] = email;
  if (isOnScheduleOnly) return person;
  const account = String(person.telegramId);
  await api.ok(`PUT /api/v1/users/${email}`, {
    name: "Ada",
    contact_methods: [
      { id: "phone", channel: "sms", address: person.phone },
      { id: "telegram", channel: "telegram", address: account },
    ],
  });
  const { accounts } = await import("../../shared/runtime/stores.ts");
  const { linkedAccounts } = await import("../../shared/runtime/later/stores.ts");
  const link = { service: "telegram", account, email, linkedAt: Date.now(), version: 0 } as const;
  await linkedAccounts().put(link, undefined);
  const identity = { issuer: "https://id.example.com", subject: email };
  const stored = anAccount({
    id: unique("acc_"),
    email,
    identity,
    active: !isInactive,
    claimedGroups: groups,
  });
  await accounts().create(stored);
  if (isRenamed) await accounts().replace(stored, withEmail(stored, person.currentEmail));
  return person;
}

/** An incident of a team, and a notification about it. */
async function anIncidentOf(team: string, person: Person, channel: string) {
  const incident = await api.ok("POST /api/v1/incidents", {
    title: "down",
    service: team,
    severity: "high",
    team,
  });
  const { notifications } = await import("../../shared/runtime/stores.ts");
  const { newNotification } = await import("../../shared/domain/notifications/notification.ts");
  const page = newNotification({
    id: unique("ntf_"),
    kind: "page",
    incidentId: incident.id,
    channel,
    recipient: person.email,
    address: person.email,
    severity: "high",
    message: "down",
    createdAt: Date.now(),
  });
  await notifications().create(page);
  return { incident, page: page.id };
}

const member = ({ email }: { email: string }) => ({ name: "Ada", email, role: "primary" });

let waits = 0;

/** Waits until changed roles apply. Each test starts at the same time, so each wait is longer. */
function untilRolesApply() {
  waits += 1;
  vi.setSystemTime(monday + waits * minutes(1));
}

/** Sets the roles of a scenario, and waits until they apply. */
async function give(row: Row, { email, currentEmail }: Person) {
  const [team, other] = [aTeam(), aTeam()];
  const rolesOf = (role?: object) => ({
    roles: role ? [{ ...("group" in role ? {} : { email: currentEmail }), ...role }] : [],
  });
  await api.ok(`PUT /api/v1/teams/${team}/roles`, rolesOf(row.here));
  await api.ok(
    `PUT /api/v1/teams/${other}/roles`,
    rolesOf(row.elsewhere ?? { role: "viewer", group: "none" }),
  );
  await api.ok("PUT /api/v1/roles", rolesOf(row.isFormerAdmin ? { role: "admin", email } : row.everywhere));
  const onCall = row.isPaged ? { email } : { email: "someone@example.com" };
  await api.ok("POST /api/v1/schedules", { team, rotation_type: "weekly", members: [member(onCall)] });
  untilRolesApply();
  return team;
}

const stateOf = (id: string) => api.ok(`GET /api/v1/incidents/${id}`);
const statusAfter = { acknowledge: "acknowledged", resolve: "resolved" } as const;

describe.each(Object.entries(rows))("%s", (_, row) => {
  const known = Object.entries(channels).filter(
    ([channel]) => !row.isOnScheduleOnly || !channelsOfUsers.includes(channel),
  );
  test.each(known)("answers by %s", async (channel, answer) => {
    const person = await aPerson(row);
    const team = await give(row, person);
    for (const action of both) {
      const { incident, page } = await anIncidentOf(
        team,
        person,
        channel.includes("call") ? "voice" : "email",
      );
      const text = await answer({ person, incident, page, action });
      const after = await stateOf(incident.id);
      if (row.may.includes(action)) {
        expect(after).toMatchObject({
          status: statusAfter[action],
          [`${statusAfter[action]}_by`]: person.email,
        });
        continue;
      }
      expect(text).toContain(`You need the role responder of team ${team} to ${action} incidents.`);
      expect(after).toMatchObject({ status: "open" });
    }
  });
});

describe("an answer that is denied", () => {
  test("is in the audit log, with the person and the channel", async () => {
    const person = await aPerson({});
    const team = await give({ may: [] }, person);
    const { incident } = await anIncidentOf(team, person, "email");
    await command(person.slackId, `res ${incident.number}`);
    const { entries } = await api.ok(`GET /api/v1/audit?actor=${person.email}`);
    expect(entries).toMatchObject([
      {
        event: "denied",
        actor_kind: "person",
        actor_subject: person.email,
        right: "respond",
        path: "/slack/actions",
        after: { channel: "Slack", missing: { role: "responder", team } },
      },
    ]);
  });
});

test("what people say in a thread is no attempt: a note of those who may add them, otherwise nothing", async () => {
  const [outsider, responder] = [await aPerson({}), await aPerson({})];
  const team = await give({ here: { role: "responder" }, may: both }, responder);
  const { incident } = await anIncidentOf(team, responder, "email");
  const say = await aThreadOf(incident.id);
  for (const user of [outsider.slackId, "UNOBODY", responder.slackId]) await say(user, `says ${user}`);
  const { timeline } = await api.ok(`GET /api/v1/incidents/${incident.id}/timeline`);
  const notes = timeline.filter(({ type }: { type: string }) => type === "note");
  expect(notes).toMatchObject([{ actor: responder.email, message: `says ${responder.slackId}` }]);
  for (const actor of [outsider.email, "UNOBODY"])
    expect(await api.ok(`GET /api/v1/audit?actor=${actor}`)).toMatchObject({ entries: [] });
});

describe("commands of Slack", () => {
  test("page and silence as the roles of the person permit", async () => {
    const person = await aPerson({});
    const team = await give({ here: { role: "responder" }, may: both }, person);
    const other = await give({ here: { role: "responder" }, may: both }, await aPerson({}));
    await api.ok(`PUT /api/v1/services/${team}`, { team });
    expect(await command(person.slackId, `page ${team} all is down`)).toContain("and paged");
    expect(await command(person.slackId, `page ${other} all is down`)).toBe(
      `You need the role responder of team ${other} to page teams.`,
    );
    expect(await command(person.slackId, `silence ${team} 2h`)).toBe(
      `You need the role manager of team ${team} to silence services.`,
    );
    expect(await command(person.slackId, `who ${other}`)).toContain(other);
  });
});

describe("someone whom the channel does not identify", () => {
  test("changes nothing once roles are assigned", async () => {
    const person = await aPerson({});
    const team = await give({ here: { role: "responder" }, may: both }, person);
    const { incident } = await anIncidentOf(team, person, "email");
    const asked = { incident, action: "acknowledge" } as const;
    const unknown = "so you cannot acknowledge incidents here";
    expect(await inSlack("UNOBODY", asked)).toContain(unknown);
    expect(await command("UNOBODY", `ack ${incident.number}`)).toContain(unknown);
    const answer = await inMattermost(asked);
    expect(answer).toContain(unknown);
    expect(answer).toContain(`[Open the incident](${publicUrl}/incidents/${incident.id})`);
    expect(await command("UNOBODY", `page ${team} all is down`)).toContain("so you cannot page teams here");
    expect(await stateOf(incident.id)).toMatchObject({ status: "open" });
    const { entries } = await api.ok("GET /api/v1/audit?actor=slacker");
    expect(entries).toContainEqual(
      expect.objectContaining({
        actor_kind: "chat",
        after: { channel: "Slack", missing: { user: "slacker" } },
      }),
    );
  });

  test("answers as before while no roles are assigned", async () => {
    const { roles } = await import("../../shared/runtime/stores.ts");
    for (const { team } of await roles().loadAll())
      await api.ok(`PUT /api/v1/${team === null ? "" : `teams/${team}/`}roles`, { roles: [] });
    untilRolesApply();
    const person = await aPerson({});
    const { incident } = await anIncidentOf(aTeam(), person, "email");
    await inMattermost({ incident, action: "acknowledge" });
    expect(await stateOf(incident.id)).toMatchObject({ status: "acknowledged", acknowledged_by: "ada" });
    await inSlack("UNOBODY", { incident, action: "resolve" });
    expect(await stateOf(incident.id)).toMatchObject({ status: "resolved", resolved_by: "slacker" });
  });
});
