/** Text messages, calls and reports of Twilio, and calls of Vonage, through the handlers, on real emulators. */
import { beforeAll, describe, expect, test } from "vitest";
import { signCall } from "../../shared/http/tokens/call-token.ts";
import { minutes, monday, unique } from "../support/builders.ts";
import { publicUrl, signedByTwilio, twilioToken } from "../support/drive/notifications.ts";
import { signedByVonage, vonageSecret } from "../support/drive/vonage.ts";
import { onCallApi } from "../support/functions/on-call-api.ts";

const api = onCallApi();
const signingSecret = "what signs the tokens of calls here";
beforeAll(() => {
  Object.assign(process.env, {
    TWILIO_AUTH_TOKEN: twilioToken,
    VONAGE_SIGNATURE_SECRET: vonageSecret,
    PUBLIC_URL: publicUrl,
    SIGNING_SECRET: signingSecret,
  });
});

const empty = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>';

let messages = 0;
let numbers = 0;
const formOf = (From: string, Body: string) => ({ MessageSid: unique(`SM${++messages}-`), From, Body });

const post = (path: string, form: Record<string, string>, headers = signedByTwilio(path, form)) =>
  api(`POST ${path}`, new URLSearchParams(form).toString(), headers);

/** A user with a phone number of their own. */
async function aPhone(): Promise<string> {
  const number = `+49151${String(10_000_000 + ++numbers)}`;
  const contact_methods = [{ id: "phone", channel: "sms", address: number }];
  await api.ok(`PUT /api/v1/users/${unique("user")}@example.com`, { name: "Ada <&>", contact_methods });
  return number;
}

const open = async (title = "down"): Promise<{ id: string; number: number }> =>
  api.ok("POST /api/v1/incidents", { title, service: "checkout", severity: "high" });
const statusOf = async (id: string) => (await api.ok(`GET /api/v1/incidents/${id}`)).status;

describe("a text message", () => {
  test("acknowledges an incident, and its answer is escaped", async () => {
    const { id, number } = await open("</Message><Say>&");
    const reply = await post("/twilio/sms", formOf(await aPhone(), `Ack #${number}!`));
    expect(reply.headers["content-type"]).toBe("text/xml; charset=utf-8");
    expect(reply.text).toContain(
      `<Response><Message>Acknowledged #${number} &lt;/Message&gt;&lt;Say&gt;&amp;`,
    );
    expect(await statusOf(id)).toBe("acknowledged");
  });

  test("that is replayed has no effect, and the same answer", async () => {
    const { id, number } = await open();
    const form = formOf(await aPhone(), `ack ${number}`);
    const first = await post("/twilio/sms", form);
    await api.ok(`POST /api/v1/incidents/${id}/unacknowledge`, {});
    const again = await post("/twilio/sms", form);
    expect(again.text).toBe(first.text);
    expect(await statusOf(id)).toBe("open");
  });

  test("of an unknown sender gets no answer and changes nothing", async () => {
    const { id, number } = await open();
    for (const text of [`ack ${number}`, "who", "help", "STOP"])
      expect((await post("/twilio/sms", formOf("+4915199999999", text))).text).toBe(empty);
    expect(await statusOf(id)).toBe("open");
  });

  test("answers two incidents from one phone, late and twice", async () => {
    const phone = await aPhone();
    const [first, second] = [await open("one"), await open("two")];
    await api.ok(`PATCH /api/v1/incidents/${first.id}/resolve`, {});
    const late = await post("/twilio/sms", formOf(phone, `ack ${first.number}`));
    expect(late.text).toContain(`#${first.number}`);
    expect(await statusOf(first.id)).toBe("resolved");
    const answer = () => post("/twilio/sms", formOf(phone, `ack ${second.number}`));
    expect((await answer()).text).toContain(`Acknowledged #${second.number} two.`);
    expect((await answer()).text).toContain(`#${second.number}`);
    const { timeline } = await api.ok(`GET /api/v1/incidents/${second.id}/timeline`);
    expect(timeline.filter(({ type }: { type: string }) => type === "acknowledged")).toHaveLength(1);
    expect(await statusOf(first.id)).toBe("resolved");
  });

  test("STOP ends messages to a number until START, and readiness says so", async () => {
    process.env.CONFIGURED_CHANNELS = "sms";
    const number = await aPhone();
    const team = unique("stopped-");
    const { users } = await api.ok("GET /api/v1/users?limit=200");
    type Listed = { email: string; contact_methods: { address: string }[] };
    const owner = users.find((each: Listed) => each.contact_methods[0]?.address === number)?.email;
    const members = [{ name: "Ada", email: owner, role: "primary" }];
    await api.ok("POST /api/v1/schedules", { team, timezone: "UTC", rotation_type: "weekly", members });
    const faults = async () => {
      const { teams } = await api.ok(`GET /api/v1/readiness?team=${team}`);
      return teams[0].people[0].contact_methods.map(
        ({ channel, fault }: { channel: string; fault: string }) => [channel, fault],
      );
    };
    expect(await faults()).toContainEqual(["sms", "unverified"]);
    expect((await post("/twilio/sms", formOf(number, "Stop."))).text).toBe(empty);
    expect(await faults()).toContainEqual(["sms", "stopped"]);
    await post("/twilio/sms", formOf(number, "START"));
    expect(await faults()).not.toContainEqual(["sms", "stopped"]);
  });

  test("with a wrong signature, or none, is 401", async () => {
    const { id, number } = await open();
    const form = formOf(await aPhone(), `ack ${number}`);
    const { "content-type": type } = signedByTwilio("/twilio/sms", form);
    const refused = [
      signedByTwilio("/twilio/sms", form, "another token"),
      signedByTwilio("/twilio/status", form),
      signedByTwilio("/twilio/sms", { ...form, Body: "ack" }),
      { "content-type": type, "x-twilio-signature": "" },
    ];
    for (const headers of refused) expect((await post("/twilio/sms", form, headers)).status).toBe(401);
    expect(await statusOf(id)).toBe("open");
  });

  test("of a sender with too many of them is ignored", async () => {
    const { id, number } = await open();
    const phone = await aPhone();
    for (let count = 1; count <= 20; count += 1) await post("/twilio/sms", formOf(phone, "help"));
    expect((await post("/twilio/sms", formOf(phone, `ack ${number}`))).text).toBe(empty);
    expect(await statusOf(id)).toBe("open");
  });

  test("of more than 64 KiB is 422", async () => {
    const form = formOf("+4915112345678", "x".repeat(70_000));
    expect((await post("/twilio/sms", form)).status).toBe(422);
  });
});

/** A call about an incident, and its path for each provider. */
async function aCall(title: string) {
  const { id: incident_id, number } = await open(title);
  const message = { incident_id, recipient: "+4915112345678", channel: "voice", message: "look" };
  const { id } = await api.ok("POST /api/v1/notify", message);
  const token = signCall(id, signingSecret, monday);
  return {
    id,
    incident: incident_id,
    number,
    path: `/twilio/voice/${token}`,
    vonagePath: `/vonage/calls/${token}`,
  };
}

describe("a call", () => {
  test("says the incident, escaped and without markup, and accepts one key", async () => {
    const { path, number, id } = await aCall(
      '</Say><Play>https://evil.example/x.mp3</Play><Say a="b">& half',
    );
    const { text, headers } = await post(path, { CallSid: "CA1", AnsweredBy: "human" });
    expect(headers["content-type"]).toBe("text/xml; charset=utf-8");
    const said = `Incident ${number}. Severity high. Service checkout. Say Play a link`;
    expect(text).toContain(
      `<Response><Gather numDigits="1" timeout="6" method="POST" action="${publicUrl}${path}"><Say language="en-US">${said}`,
    );
    expect(text.match(/<(\w+)/g)?.toSorted()).toEqual(
      ["<Gather", "<Hangup", "<Pause", "<Response", "<Say", "<Say", "<Say"].toSorted(),
    );
    const { receipts } = await api.ok(`GET /api/v1/notifications/${id}`);
    expect(receipts).toMatchObject([{ kind: "delivered", detail: "answered by a person" }]);
  });

  test("acknowledges with 4, once, in the name of its recipient", async () => {
    const { path, incident, number } = await aCall("down");
    const form = { CallSid: unique("CA"), AnsweredBy: "human", Digits: "4" };
    const first = await post(path, form);
    expect(first.text).toContain(
      `<Say language="en-US">Acknowledged number ${number} down. Goodbye.</Say><Hangup/>`,
    );
    expect((await post(path, form)).text).toBe(first.text);
    expect(await statusOf(incident)).toBe("acknowledged");
  });

  test("hangs up on a machine, which is a failed delivery", async () => {
    const { path, id } = await aCall("down");
    const { text } = await post(path, { CallSid: "CA1", AnsweredBy: "machine_start" });
    expect(text).toContain("<Response><Hangup/></Response>");
    const { receipts } = await api.ok(`GET /api/v1/notifications/${id}`);
    expect(receipts).toMatchObject([{ kind: "undelivered", detail: "answered by a machine" }]);
  });

  test("whose form cannot be read says the incident, and nothing is recorded", async () => {
    const { path, id, number } = await aCall("down");
    const { text } = await post(path, { AnsweredBy: "machine_start" });
    expect(text).toContain(`Incident ${number}.`);
    const { receipts } = await api.ok(`GET /api/v1/notifications/${id}`);
    expect(receipts).toEqual([]);
  });

  test("with another signature is 401, with another or an expired token 404", async () => {
    const { path, id } = await aCall("down");
    const form = { CallSid: "CA1", Digits: "4" };
    expect((await post(path, form, signedByTwilio(path, form, "another token"))).status).toBe(401);
    for (const token of [`${path.split("/").at(-1)}x`, signCall(id, signingSecret, monday - minutes(60))])
      expect((await post(`/twilio/voice/${token}`, form)).status).toBe(404);
  });
});

describe("a call through Vonage", () => {
  const post = (path: string, event: object, signing: Parameters<typeof signedByVonage>[1] = {}) => {
    const body = JSON.stringify(event);
    return api(`POST ${path}`, body, signedByVonage(body, { at: monday, ...signing }));
  };

  test("says the incident twice, without markup, and accepts one key", async () => {
    const { vonagePath: path, number } = await aCall("<speak>half</speak> down");
    const { text, status } = await post(path, { uuid: "u1", from: "1", to: "2" });
    expect(status).toBe(200);
    const said = `Incident ${number}. Severity high. Service checkout. speak half speak down.`;
    expect(JSON.parse(text)).toEqual([
      {
        action: "talk",
        text: `${said} Press 4 to acknowledge. Press 6 to resolve. Press 9 to escalate.`,
        language: "en-US",
        loop: 2,
        bargeIn: true,
      },
      {
        action: "input",
        type: ["dtmf"],
        dtmf: { maxDigits: 1, timeOut: 6 },
        eventUrl: [publicUrl + path],
      },
    ]);
  });

  test("acknowledges with 4, once, and says so", async () => {
    const { vonagePath: path, incident, number, id } = await aCall("down");
    const event = { uuid: unique("u"), dtmf: { digits: "4", timed_out: false } };
    const first = await post(path, event);
    const text = `Acknowledged number ${number} down. Goodbye.`;
    expect(JSON.parse(first.text)).toEqual([{ action: "talk", text, language: "en-US" }]);
    expect((await post(path, event)).text).toBe(first.text);
    expect(await statusOf(incident)).toBe("acknowledged");
    await post(path, { uuid: event.uuid, status: "completed" });
    const { receipts } = await api.ok(`GET /api/v1/notifications/${id}`);
    expect(receipts).toMatchObject([{ kind: "answered" }]);
  });

  test("without a key says goodbye", async () => {
    const { vonagePath: path, incident } = await aCall("down");
    const { text } = await post(path, { uuid: "u1", dtmf: { digits: "", timed_out: true } });
    expect(text).toContain("No key was pressed. Goodbye.");
    expect(await statusOf(incident)).toBe("open");
  });

  test("becomes one receipt, whatever follows", async () => {
    for (const [status, kind] of [
      ["human", "delivered"],
      ["machine", "undelivered"],
      ["timeout", "undelivered"],
    ] as const) {
      const { vonagePath: path, id } = await aCall("down");
      for (const each of ["ringing", "answered", status, "completed"])
        expect((await post(path, { uuid: "u1", status: each })).status).toBe(200);
      const { receipts } = await api.ok(`GET /api/v1/notifications/${id}`);
      expect(receipts).toMatchObject([{ kind }]);
    }
  });

  test("with another signature is 401, with another or an expired token 404", async () => {
    const { vonagePath: path, incident } = await aCall("down");
    const event = { uuid: "u1", dtmf: "4" };
    for (const signing of [
      { secret: "another secret" },
      { at: monday - minutes(6) },
      { claims: { payload_hash: "" } },
    ])
      expect((await post(path, event, signing)).status).toBe(401);
    expect((await api(`POST ${path}`, JSON.stringify(event), {})).status).toBe(401);
    for (const token of ["none", signCall("ntf_1", signingSecret, monday - minutes(60))])
      expect((await post(`/vonage/calls/${token}`, event)).status).toBe(404);
    expect(await statusOf(incident)).toBe("open");
  });
});

describe("a report", () => {
  test("is a receipt of the notification", async () => {
    const { id: incident_id } = await open();
    const message = { incident_id, recipient: "+4915112345678", channel: "sms", message: "look" };
    const { id } = await api.ok("POST /api/v1/notify", message);
    const path = `/twilio/status?id=${id}`;
    const form = { MessageSid: "SM1", MessageStatus: "delivered" };
    for (let count = 1; count <= 2; count += 1) expect((await post(path, form)).status).toBe(200);
    const { receipts } = await api.ok(`GET /api/v1/notifications/${id}`);
    expect(receipts).toMatchObject([{ kind: "delivered", detail: "delivered", after_attempts: 0 }]);
    expect(await api.ok(`GET /api/v1/notifications/${id}/proof`)).toMatchObject({ valid: true, receipts });
    expect((await post("/twilio/status?id=ntf_none", form)).status).toBe(200);
    expect((await post(path, form, signedByTwilio("/twilio/status?id=ntf_none", form))).status).toBe(401);
  });
});
