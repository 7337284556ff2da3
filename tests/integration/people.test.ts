/** Contract tests of users, team channels and manual messages. */
import { describe, expect, test } from "vitest";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { limits } from "../../shared/domain/limits.ts";
import { unique } from "../support/builders.ts";
import { aTeam, at, onCallApi } from "../support/functions/on-call-api.ts";

const api = onCallApi();

const slackUrl = "https://hooks.slack.com/services/T000/B000/verysecretWXYZ";
const shownSlackUrl = "https://hooks.slack.com/…WXYZ";

const aPath = () => `/api/v1/users/${unique("user-")}@example.com`;
const mail = { id: "mail", channel: "email", address: "ada@example.com" };
const phone = { id: "phone", channel: "sms", address: "+4915112345678" };
const chat = { id: "chat", channel: "slack", address: slackUrl };
const unverified = (method: typeof phone) => ({ ...method, verified_at: null });
const rule = (contact_method_id: string, delay_seconds: number) => ({ contact_method_id, delay_seconds });

describe("a person", () => {
  test("is stored, and returned as stored, by an email in any case", async () => {
    const path = aPath();
    const body = {
      name: "Ada",
      timezone: "Europe/Berlin",
      contact_methods: [mail, phone],
      notification_rules: [rule("mail", 0), rule("phone", 300)],
      low_urgency_rules: [rule("mail", 60)],
    };
    const put = await api.ok(`PUT ${path.toUpperCase().replace("/API/V1/USERS", "/api/v1/users")}`, body);
    expect(put).toEqual({
      email: path.split("/").at(-1),
      ...body,
      contact_methods: [mail, phone].map(unverified),
      updated_at: "2026-11-23T10:00:00.000Z",
    });
    expect(await api.ok(`GET ${path}`)).toEqual(put);
  });

  test("needs no more than a name", async () => {
    expect(await api.ok(`PUT ${aPath()}`, { name: "Ada" })).toMatchObject({
      timezone: "UTC",
      contact_methods: [],
      notification_rules: [],
    });
  });

  test("has addresses as they are the same for everybody", async () => {
    const contact_methods = [
      { ...mail, address: " Ada@Example.com " },
      { ...phone, address: "+49 151 1234-5678" },
    ];
    expect(await api.ok(`PUT ${aPath()}`, { name: "Ada", contact_methods })).toMatchObject({
      contact_methods: [mail, phone],
    });
  });

  test("has each address once per channel, however it is written", async () => {
    const again = { ...phone, id: "again", address: "+49 151 12345678" };
    const contact_methods = [phone, mail, again];
    expect(await api.refusal(`PUT ${aPath()}`, { name: "Ada", contact_methods })).toEqual({
      status: 422,
      paths: ["contact_methods.2.address"],
    });
    const channels = [chat, { ...chat, id: "again" }];
    expect(await api.refusal(`PUT /api/v1/teams/${aTeam()}/channels`, { channels })).toEqual({
      status: 422,
      paths: ["channels.1.address"],
    });
  });

  test("put again is replaced, and deleted is gone", async () => {
    const path = aPath();
    await api.ok(`PUT ${path}`, { name: "Ada", contact_methods: [mail] });
    at("2026-11-23T11:00:00Z");
    const changed = await api.ok(`PUT ${path}`, { name: "Ada L." });
    expect(changed).toMatchObject({
      name: "Ada L.",
      contact_methods: [],
      updated_at: "2026-11-23T11:00:00.000Z",
    });
    expect(await api.ok(`DELETE ${path}`)).toEqual(changed);
    for (const method of ["GET", "DELETE"]) {
      expect((await api.refusal(`${method} ${path}`)).status, method).toBe(404);
    }
  });

  test("is listed with the others, last changed first", async () => {
    const paths = [aPath(), aPath(), aPath()];
    at("2027-01-01T00:00:00Z");
    for (const [index, path] of paths.entries()) {
      at(`2027-01-01T00:00:0${index}Z`);
      await api.ok(`PUT ${path}`, { name: "Ada" });
    }
    const first = await api.ok("GET /api/v1/users?limit=2");
    const second = await api.ok(`GET /api/v1/users?limit=1&cursor=${first.next_cursor}`);
    const emails = [...first.users, ...second.users].map(({ email }: { email: string }) => email);
    expect(emails).toEqual(paths.toReversed().map((path) => path.split("/").at(-1)));
  });

  test.each([
    { name: "no name", body: { name: "" }, path: "name" },
    { name: "a time zone that is none", body: { timezone: "Mars/Olympus" }, path: "timezone" },
    {
      name: "an unknown channel",
      body: { contact_methods: [mail, { ...mail, id: "b", channel: "pigeon" }] },
      path: "contact_methods.1.channel",
    },
    {
      name: "an address that its channel doesn't take",
      body: { contact_methods: [mail, { ...phone, address: "call me" }] },
      path: "contact_methods.1.address",
    },
    {
      name: "an address that would end a header",
      body: { contact_methods: [{ ...mail, address: "ada@example.com\r\nBcc: eve@example.com" }] },
      path: "contact_methods.0.address",
    },
    {
      name: "an address that is too long",
      body: {
        contact_methods: [{ id: "a", channel: "console", address: "🚨".repeat(limits.addressLength + 1) }],
      },
      path: "contact_methods.0.address",
    },
    {
      name: "credentials in a URL",
      body: { contact_methods: [{ id: "a", channel: "webhook", address: "https://a:b@example.com" }] },
      path: "contact_methods.0.address",
    },
    {
      name: "an id twice",
      body: { contact_methods: [mail, phone, { ...phone, id: "mail" }] },
      path: "contact_methods.2.id",
    },
    {
      name: "too many contact methods",
      body: {
        contact_methods: Array.from({ length: limits.contactMethods + 1 }, (_, n) => ({
          ...mail,
          id: `${n}`,
        })),
      },
      path: "contact_methods",
    },
    {
      name: "a rule for no contact method",
      body: { contact_methods: [mail], notification_rules: [rule("mail", 0), rule("phone", 0)] },
      path: "notification_rules.1.contact_method_id",
    },
    ...[-1, 0.5, limits.notificationDelaySeconds + 1, "60"].map((delay) => ({
      name: `a delay of ${JSON.stringify(delay)}`,
      body: {
        contact_methods: [mail],
        notification_rules: [{ contact_method_id: "mail", delay_seconds: delay }],
      },
      path: "notification_rules.0.delay_seconds",
    })),
    {
      name: "too many rules",
      body: {
        contact_methods: [mail],
        notification_rules: Array.from({ length: limits.notificationRules + 1 }, (_, n) => rule("mail", n)),
      },
      path: "notification_rules",
    },
  ])("with $name is 422, which says where", async ({ body, path }) => {
    expect(await api.refusal(`PUT ${aPath()}`, { name: "Ada", ...body })).toEqual({
      status: 422,
      paths: [path],
    });
  });

  test.each(["ada", "ada@example", "%0A@example.com", `${"a".repeat(250)}@example.com`])(
    "is not known by %s: that is 422",
    async (email) => {
      for (const method of ["GET", "PUT", "DELETE"]) {
        const refusal = await api.refusal(`${method} /api/v1/users/${email}`, { name: "Ada" });
        expect(refusal, method).toEqual({ status: 422, paths: ["email"] });
      }
    },
  );
});

describe("a URL that is a secret", () => {
  test("is shown shortened wherever a person is, and kept when it comes back so", async () => {
    const path = aPath();
    const shown = [mail, { ...chat, address: shownSlackUrl }].map(unverified);
    const put = await api.ok(`PUT ${path}`, { name: "Ada", contact_methods: [mail, chat] });
    expect(put.contact_methods).toEqual(shown);
    const { email: _, updated_at: __, ...got } = await api.ok(`GET ${path}`);
    expect(got.contact_methods).toEqual(shown);
    await api.ok(`PUT ${path}`, { ...got, name: "Ada L." });
    for (const line of [`GET ${path}`, "GET /api/v1/users?limit=200"]) {
      expect((await api(line)).text, line).not.toContain("verysecret");
    }
    // It still leads where it led: another last character would be shown otherwise.
    const changed = { ...chat, address: `${slackUrl}!` };
    const replaced = await api.ok(`PUT ${path}`, { name: "Ada", contact_methods: [changed] });
    expect(replaced.contact_methods[0].address).toBe("https://hooks.slack.com/…XYZ!");
    const stale = { name: "Ada", contact_methods: [{ ...chat, address: shownSlackUrl }] };
    expect(await api.refusal(`PUT ${path}`, stale)).toEqual({
      status: 422,
      paths: ["contact_methods.0.address"],
    });
  });

  test("that is not stored can't be sent masked", async () => {
    const shortened = { ...chat, address: shownSlackUrl };
    const person = { name: "Ada", contact_methods: [mail, shortened] };
    expect(await api.refusal(`PUT ${aPath()}`, person)).toEqual({
      status: 422,
      paths: ["contact_methods.1.address"],
    });
    expect(await api.refusal(`PUT /api/v1/teams/${aTeam()}/channels`, { channels: [shortened] })).toEqual({
      status: 422,
      paths: ["channels.0.address"],
    });
  });

  test("is shown shortened in a notification, its list and its incident's timeline", async () => {
    const { id: incident_id } = await anIncident();
    const sent = await notify({ incident_id, channel: "slack", recipient: slackUrl });
    expect(sent).toMatchObject({ recipient: shownSlackUrl, address: shownSlackUrl });
    const query = `incident_id=${incident_id}&recipient=${encodeURIComponent(slackUrl)}`;
    expect((await api.ok(`GET /api/v1/notifications?${query}`)).notifications).toEqual([sent]);
    for (const path of [`notifications/${sent.id}`, `incidents/${incident_id}/timeline`]) {
      const { text } = await api(`GET /api/v1/${path}`);
      expect(text, path).toContain(shownSlackUrl);
      expect(text, path).not.toContain("verysecret");
    }
  });
});

describe("a team's channels", () => {
  const all = ["triggered", "escalated", "acknowledged", "snoozed", "reopened", "resolved"];

  test("do not exist until they are created", async () => {
    const team = aTeam();
    expect(await api.ok(`GET /api/v1/teams/${team}/channels`)).toEqual({ team, channels: [] });
  });

  test("are returned as they were stored, and receive everything by default", async () => {
    const team = aTeam();
    const path = `/api/v1/teams/${team}/channels`;
    const hall = { id: "hall", channel: "console", address: "the screen in the hall" };
    const put = await api.ok(`PUT ${path.replace(team, team.toUpperCase())}`, {
      channels: [chat, { ...hall, events: ["resolved", "triggered", "resolved"] }, { ...mail, events: [] }],
    });
    expect(put).toEqual({
      team,
      channels: [
        { ...chat, address: shownSlackUrl, events: all },
        { ...hall, events: ["triggered", "resolved"] },
        { ...mail, events: [] },
      ],
    });
    expect(await api.ok(`GET ${path}`)).toEqual(put);
    expect(await api.ok(`PUT ${path}`, { channels: put.channels })).toEqual(put);
    expect(await api.ok(`PUT ${path}`, { channels: [] })).toEqual({ team, channels: [] });
  });

  test.each([
    { name: "no list", body: {}, path: "channels" },
    {
      name: "an unknown event",
      body: { channels: [{ ...mail, events: ["exploded"] }] },
      path: "channels.0.events.0",
    },
    {
      name: "a wrong address",
      body: { channels: [{ ...mail, address: "ada" }] },
      path: "channels.0.address",
    },
    { name: "an id twice", body: { channels: [mail, mail] }, path: "channels.1.id" },
    {
      name: "too many",
      body: {
        channels: Array.from({ length: limits.teamChannels + 1 }, (_, n) => ({ ...mail, id: `${n}` })),
      },
      path: "channels",
    },
  ])("with $name are 422, which says where", async ({ body, path }) => {
    expect(await api.refusal(`PUT /api/v1/teams/${aTeam()}/channels`, body)).toEqual({
      status: 422,
      paths: [path],
    });
  });
});

const anIncident = () =>
  api.ok("POST /api/v1/incidents", { title: "Checkout is slow", service: "checkout", severity: "high" });
const notify = (body: object) => api.ok("POST /api/v1/notify", { message: "look", ...body });

describe("a manual message", () => {
  test("to a person goes to their first contact method of the channel", async () => {
    const path = aPath();
    const recipient = path.split("/").at(-1) ?? "";
    const other = { ...phone, id: "other", address: "+4915199999999" };
    await api.ok(`PUT ${path}`, { name: "Ada", contact_methods: [mail, phone, other] });
    const { id: incident_id } = await anIncident();
    expect(await notify({ incident_id, recipient, channel: "sms" })).toMatchObject({
      kind: "message",
      recipient,
      address: phone.address,
      status: "queued",
      reason: null,
      attempts: [],
      created_at: "2026-11-23T10:00:00.000Z",
      due_at: "2026-11-23T10:00:00.000Z",
    });
    const shouted = recipient.toUpperCase();
    expect(await notify({ incident_id, recipient: shouted, channel: "email" })).toMatchObject({
      recipient: shouted,
      address: mail.address,
    });
    expect(await notify({ incident_id, recipient, channel: "discord" })).toMatchObject({
      address: recipient,
    });
  });

  test("to an unknown person goes to their email, if the channel takes it", async () => {
    const { id: incident_id, number } = await anIncident();
    const recipient = "nobody@example.com";
    for (const channel of ["console", "email", "slack", "discord", "teams"]) {
      expect(await notify({ incident_id, recipient, channel }), channel).toMatchObject({
        channel,
        address: recipient,
      });
    }
    for (const channel of ["sms", "voice", "webhook", "ntfy", "telegram"]) {
      const reply = await api("POST /api/v1/notify", {
        incident_id: number,
        recipient,
        channel,
        message: "look",
      });
      expect(reply.status, channel).toBe(422);
      const [fault] = reply.json<{ errors: { path: string; message: string }[] }>().errors;
      expect(fault).toMatchObject({
        path: "recipient",
        message: expect.stringMatching(/^is a person without a contact method for .+; an address must be /),
      });
    }
  });

  test("may name the incident by its number, as a number or as text", async () => {
    const { id, number } = await anIncident();
    for (const incident_id of [number, String(number)])
      expect(await notify({ incident_id, recipient: "ada" })).toMatchObject({ incident_id: id });
    for (const incident_id of [0, "0", -1, 999_999_999, "999999999"]) {
      const body = { incident_id, recipient: "ada", message: "look" };
      expect((await api("POST /api/v1/notify", body)).status, String(incident_id)).toBe(404);
    }
    for (const incident_id of [1.5, true]) {
      const reply = await api("POST /api/v1/notify", { incident_id, recipient: "ada", message: "look" });
      expect(reply.json<object>()).toMatchObject({
        status: 422,
        errors: [{ path: "incident_id", message: "must be the ID or the number of an incident" }],
      });
    }
  });

  test("to an address goes there; the console takes any text", async () => {
    const { id: incident_id } = await anIncident();
    const sms = await notify({ incident_id, recipient: "+49 151 12345678", channel: "sms" });
    expect(sms).toMatchObject({ recipient: "+49 151 12345678", address: "+4915112345678" });
    expect(await notify({ incident_id, recipient: "whoever sees it 🚨" })).toMatchObject({
      channel: "console",
      address: "whoever sees it 🚨",
    });
  });

  test.each([
    { channel: "sms", recipient: "ada" },
    { channel: "email", recipient: "ada" },
    { channel: "email", recipient: "ada@example.com\nBcc: eve@example.com" },
    { channel: "sms", recipient: "ada@example.com\n" },
    { channel: "webhook", recipient: "#payments" },
    { channel: "ntfy", recipient: "a topic" },
    { channel: "slack", recipient: shownSlackUrl },
    { channel: "console", recipient: "a\u0007b" },
    { channel: "console", recipient: " " },
  ])("to $recipient by $channel is 422", async (body) => {
    const { id: incident_id } = await anIncident();
    expect(await api.refusal("POST /api/v1/notify", { incident_id, message: "look", ...body })).toEqual({
      status: 422,
      paths: ["recipient"],
    });
  });

  test("is listed by its channel, whichever that is", async () => {
    const { id: incident_id } = await anIncident();
    const sent = await notify({ incident_id, recipient: "alerts", channel: "ntfy" });
    const query = `incident_id=${incident_id}&channel=`;
    expect((await api.ok(`GET /api/v1/notifications?${query}ntfy`)).notifications).toEqual([sent]);
    expect((await api.ok(`GET /api/v1/notifications?${query}teams`)).notifications).toEqual([]);
    expect((await api.refusal(`GET /api/v1/notifications?${query}pigeon`)).status).toBe(422);
  });

  test("that was not tried yet has a proof of what is to be sent", async () => {
    const { id: incident_id } = await anIncident();
    const sent = await notify({ incident_id, recipient: "ada@example.com", channel: "email" });
    const { id, channel, recipient, address, message, created_at } = sent;
    const genesis = sha256(
      JSON.stringify([id, incident_id, channel, recipient, address, message, Date.parse(created_at)]),
    );
    expect(await api.ok(`GET /api/v1/notifications/${id}/proof`)).toEqual({
      notification_id: id,
      algorithm: "sha-256",
      genesis,
      head: genesis,
      valid: true,
      simulated: false,
      broken_at: null,
      broken_receipt_at: null,
      attempts: [],
      receipts: [],
    });
    expect((await api.refusal("GET /api/v1/notifications/ntf_none/proof")).status).toBe(404);
  });
});
