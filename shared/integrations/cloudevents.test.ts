import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { integrationSystem } from "../../tests/support/memory/integration-system.ts";
import { describeClientLabels } from "../../tests/support/suites/client-labels-suite.ts";

async function integrated() {
  const system = integrationSystem();
  const { key, integration } = await system.integrate("cloudevents");
  const post = (body: unknown, headers: Readonly<Record<string, string>> = {}) => {
    system.advance(1);
    return system.ask({ method: "POST", path: `/integrations/${key}`, body, headers });
  };
  return { system, integration, post };
}

let made = 0;
const anEvent = (fields: object = {}) => ({
  specversion: "1.0",
  id: String(made++),
  source: "/disks",
  type: "com.example.disk.full",
  ...fields,
});

describe("a CloudEvent", () => {
  test("is an alert from its data, and its attributes for missing fields", async () => {
    const { system, integration, post } = await integrated();
    const data = { title: "Disk is full", severity: "critical", labels: { mount: "/var" } };
    const reply = await post(anEvent({ data, subject: "db-1", time: "2026-11-23T09:59:00Z", region: "eu" }));
    await post(anEvent({ subject: "db-2" }));
    const alerts = await system.alerts();
    expect([reply.status, reply.json()]).toEqual([202, { status: "accepted", alert_ids: [alerts[0]?.id] }]);
    expect(alerts).toMatchObject([
      {
        message: "Disk is full",
        severity: "critical",
        source: "/disks",
        timestamp: Date.parse("2026-11-23T09:59:00Z"),
        labels: { mount: "/var", region: "eu", type: "com.example.disk.full", subject: "db-1" },
        dedupKey: `${integration.id}:["/disks","com.example.disk.full","db-1"]`,
      },
      { message: "com.example.disk.full: db-2", severity: "high" },
    ]);
    expect(await system.incidents()).toHaveLength(2);
  });

  test("is over by a severity that is a word for the end, unless it says an action", async () => {
    const { system, post } = await integrated();
    await post(anEvent({ severity: " Normal " }));
    await post(anEvent({ severity: "OK", action: "firing" }));
    expect(await system.alerts()).toMatchObject([{ action: "resolve" }, { action: "trigger" }]);
  });

  test("says by the attributes severity, dedupkey and action more than by its data", async () => {
    const { system, integration, post } = await integrated();
    const data = { severity: "low", dedup_key: "of data", action: "trigger" };
    await post(anEvent({ data, severity: "warning", dedupkey: "disk" }));
    await post(anEvent({ data, dedupkey: "disk", action: "resolve" }));
    expect(await system.alerts()).toMatchObject([
      { severity: "medium", dedupKey: `${integration.id}:disk`, action: "trigger" },
      { action: "resolve" },
    ]);
    expect(await system.incidents()).toMatchObject([{ status: "resolved" }]);
  });

  test.each([
    ["com.example.disk.full", "com.example.disk.full.resolved"],
    ["com.example.disk.firing", "com.example.disk.OK"],
    ["disk.triggered", "disk.recovered"],
  ])("of the type %s is over by %s", async (begins, ends) => {
    const { system, post } = await integrated();
    await post(anEvent({ type: begins, subject: "db-1" }));
    await post(anEvent({ type: ends, subject: "db-1" }));
    expect(await system.incidents()).toMatchObject([{ status: "resolved", alertCount: 2 }]);
  });

  test("that its source sends again is taken once", async () => {
    const { system, post } = await integrated();
    const event = anEvent();
    const first = await post(event);
    expect((await post(event)).json()).toEqual(first.json());
    await post({ ...event, source: "/other" });
    expect(await system.alerts()).toHaveLength(2);
  });

  test("in binary mode is in headers, percent-encoded once", async () => {
    const { system, post } = await integrated();
    const headers = {
      "ce-specversion": "1.0",
      "ce-id": "1",
      "ce-source": "/disks",
      "ce-type": "disk.full",
      "ce-subject": "Euro%20%E2%82%AC%20100%2525",
      "ce-severity": "info",
      "ce-cause": '"say \\"why\\""',
      "ce-share": "93% of it",
      "content-type": "application/json",
    };
    await post({ message: "Disk is full" }, headers);
    await post("just words", { ...headers, "ce-id": "2", "content-type": "text/plain" });
    await post(undefined, { ...headers, "ce-id": "3" });
    expect(await system.alerts()).toMatchObject([
      {
        message: "Disk is full",
        severity: "low",
        labels: { subject: "Euro € 100%25", cause: 'say "why"', share: "93% of it" },
      },
      { message: "just words" },
      { message: "disk.full: Euro € 100%25" },
    ]);
  });

  test("arrives with others in a batch, each independent", async () => {
    const { system, post } = await integrated();
    const type = { "content-type": "application/cloudevents-batch+json" };
    const reply = await post([anEvent(), anEvent({ type: "other" })], type);
    expect(reply.json<{ alert_ids: string[] }>().alert_ids).toHaveLength(2);
    const some = await post([anEvent(), anEvent({ id: "" }), anEvent({ specversion: "0.3" })], type);
    expect(some.status).toBe(202);
    expect(some.json()).toMatchObject({
      alert_ids: [expect.stringMatching(/^alt_/)],
      rejected: [
        { index: 1, errors: [{ path: "id" }] },
        { index: 2, errors: [{ path: "specversion" }] },
      ],
    });
    expect(system.errors).toMatchObject([
      { status: null, message: expect.stringContaining("1.id") },
      { status: null, message: expect.stringContaining("2.specversion") },
    ]);
    const refused = await post([anEvent({ id: "" }), null], type);
    expect(refused.status).toBe(422);
    expect(refused.json<{ errors: { path: string }[] }>().errors.map(({ path }) => path)).toEqual([
      "0.id",
      "1",
    ]);
    expect((await post([], type)).status).toBe(202);
    expect((await post(Array.from({ length: 101 }, anEvent), type)).status).toBe(422);
    expect(await system.alerts()).toHaveLength(3);
  });

  test.each([
    ["JSON", Buffer.from('{"message":"Disk is full"}'), "Disk is full"],
    ["a text", Buffer.from("just words"), "just words"],
    ["other bytes", Buffer.from([0xff, 0xd8, 0xff]), "com.example.disk.full"],
  ])("with %s in base64 is described by it", async (_, bytes, message) => {
    const { system, post } = await integrated();
    await post(anEvent({ data_base64: bytes.toString("base64") }));
    expect(await system.alerts()).toMatchObject([{ message }]);
  });

  test.each([
    ["numbers for texts", { id: 5, subject: 7, time: 9, datacontenttype: 1 }],
    ["null for what may be left out", { subject: null, time: null, data: null, severity: null }],
    ["an extension of each kind", { region: null, shard: 7, canary: true, pod: { name: "a" } }],
  ])("with %s is taken", async (_, fields) => {
    const { system, post } = await integrated();
    expect((await post(anEvent(fields))).status).toBe(202);
    expect(await system.incidents()).toHaveLength(1);
  });

  test.each([
    ["", "low"],
    ["unknown", "low"],
    [" Critical ", "critical"],
  ])("of the severity %j and data of low severity is %s", async (severity, expected) => {
    const { system, post } = await integrated();
    await post(anEvent({ severity, dedupkey: " ", data: { severity: "low", dedup_key: "disk" } }));
    expect(await system.alerts()).toMatchObject([
      { severity: expected, dedupKey: expect.stringMatching(/:disk$/) },
    ]);
  });

  test("keeps its type and its subject where its data has labels of these names", async () => {
    const { system, post } = await integrated();
    await post(anEvent({ subject: "db-1", data: { message: "x", labels: { type: "ssd", subject: "s" } } }));
    expect(await system.alerts()).toMatchObject([
      {
        labels: {
          type: "com.example.disk.full",
          subject: "db-1",
          data_type: "ssd",
          data_subject: "s",
        },
      },
    ]);
  });

  test.each([
    ["nothing", undefined, {}, 422],
    ["attributes missing", { specversion: "1.0" }, {}, 422],
    ["headers missing", { message: "x" }, { "ce-specversion": "1.0" }, 422],
    ["data that is not the JSON that it says", "{", { "ce-specversion": "1.0" }, 400],
  ])("with %s is refused, and that is kept", async (_, body, headers, status) => {
    const { system, post } = await integrated();
    expect((await post(body, headers)).status).toBe(status);
    expect(system.errors).toMatchObject([{ status }]);
  });

  test("in binary mode gets at most a 4xx, for any headers", async () => {
    const { post } = await integrated();
    const value = fc.string({ unit: fc.constantFrom("%", "2", "5", "F", '"', "\\", "a", " ") });
    await fc.assert(
      fc.asyncProperty(value, value, fc.json(), async (subject, severity, body) => {
        const { status } = await post(body, {
          "ce-specversion": "1.0",
          "ce-id": `${made++}`,
          "ce-source": "/x",
          "ce-type": "x",
          "ce-subject": subject,
          "ce-severity": severity,
        });
        expect(status).toBe(202);
      }),
    );
  });
});

describeClientLabels("cloudevents", {
  "an event": {
    body: (labels, own) => ({
      specversion: "1.0",
      id: "1",
      source: "/disks",
      type: "com.example.disk.full",
      data: { message: "Disk is full", labels },
      ...(own && { subject: "db-1", region: "eu" }),
    }),
  },
});
