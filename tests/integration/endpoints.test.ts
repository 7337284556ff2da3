/** Sentences of the contract, through the handlers, on real emulators. */
import { DeleteMessageBatchCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { describe, expect, test } from "vitest";
import { toRecord } from "../../localstack/queues/sqs-event.ts";
import { sha256 } from "../../shared/crypto/sha256.ts";
import { unique } from "../support/builders.ts";
import { call, type HttpReply, type HttpRequest, handlerOf } from "../support/functions/lambda.ts";
import { functionsOnEmulators } from "../support/platform/functions-on-emulators.ts";
import { REGION } from "../support/platform/platform.ts";

const emulators = functionsOnEmulators();

const api = "/api/v1";

const ask = async (name: string, request: HttpRequest): Promise<HttpReply> =>
  call(await handlerOf(name), { method: "GET", ...request });
const postAlert = (body: unknown, headers: Record<string, string> = {}) =>
  ask("alerts/receive-alerts", { method: "POST", path: `${api}/alerts`, body, headers });
const postIncident = (body: object = {}, headers: Record<string, string> = {}) =>
  ask("incidents/create-incident", {
    method: "POST",
    path: `${api}/incidents`,
    headers,
    body: { title: "Checkout is slow", service: "checkout", severity: "high", ...body },
  });
const getIncident = (id: unknown) => ask("incidents/get-incident", { path: `${api}/incidents/${id}` });
const change = (verb: "acknowledge" | "resolve", id: unknown, body?: object) =>
  ask(`incidents/${verb}-incident`, {
    method: "PATCH",
    path: `${api}/incidents/${id}/${verb}`,
    ...(body && { body }),
  });
const patch = (id: unknown, body: object) =>
  ask("incidents/update-incident", { method: "PATCH", path: `${api}/incidents/${id}`, body });

const consumers = [
  { name: "alerts/correlate-alerts.queue", variable: "ALERTS_QUEUE_URL" },
  { name: "incidents/on-incident-event.queue", variable: "INCIDENT_EVENTS_QUEUE_URL" },
  { name: "notifications/deliver-notification.queue", variable: "NOTIFICATIONS_QUEUE_URL" },
];

/** Hands over what is in the queues, in the order in which one leads to the other. */
async function handleMessages(): Promise<void> {
  for (const { name, variable } of consumers) {
    const handler = await handlerOf<(event: SQSEvent) => Promise<SQSBatchResponse>>(name);
    const QueueUrl = emulators().env[variable];
    for (;;) {
      const { Messages = [] } = await emulators().sqs.send(
        new ReceiveMessageCommand({
          QueueUrl,
          MaxNumberOfMessages: 10,
          MessageSystemAttributeNames: ["All"],
        }),
      );
      if (Messages.length === 0) break;
      const Records = Messages.map((message) => toRecord(message, { arn: "arn", region: REGION }));
      expect(await handler({ Records })).toEqual({ batchItemFailures: [] });
      const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
      await emulators().sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    }
  }
}

const anAlert = <F extends object>(fields: F = {} as F) => ({
  service: unique("service-"),
  severity: "critical",
  message: "error rate over 5%",
  ...fields,
});

describe("an alert", () => {
  test("is accepted with 202, its id and where to find it", async () => {
    const reply = await postAlert(anAlert({ dedup_key: "a" }));
    expect(reply.status).toBe(202);
    const { alert_id, ...rest } = reply.json();
    expect(rest).toEqual({ dedup_key: "a", status: "accepted" });
    expect(reply.headers.location).toBe(`${api}/alerts/${alert_id}`);
  });

  test("becomes an incident titled by it, and pages", async () => {
    const alert = anAlert({ service: " CheckOut-1 ", severity: "ERROR", labels: { a: 1, b: true, c: "🚨" } });
    const { alert_id } = (await postAlert(alert)).json();
    expect((await ask("alerts/get-alert", { path: `${api}/alerts/${alert_id}` })).status).toBe(404);
    await handleMessages();
    const stored = (await ask("alerts/get-alert", { path: `${api}/alerts/${alert_id}` })).json();
    expect(stored).toMatchObject({
      id: alert_id,
      service: "checkout-1",
      severity: "high",
      outcome: "new_incident",
      source: "api",
      action: "trigger",
      labels: alert.labels,
    });
    const incident = (await getIncident(stored.incident_id)).json();
    expect(incident).toMatchObject({
      title: "[HIGH] checkout-1: error rate over 5%",
      status: "open",
      alert_count: 1,
      mtta_seconds: null,
      alerts: [{ id: alert_id }],
      notes: [],
    });
    const timeline = incident.timeline as { type: string }[];
    expect(timeline.map(({ type }) => type).toSorted()).toEqual(["coverage_gap", "notification", "opened"]);
    const metrics = await ask("incidents/get-incident-metrics", {
      path: `${api}/incidents/${stored.incident_id}/metrics`,
    });
    expect(metrics.json()).toEqual({
      ...{ mtta_seconds: null, mttr_seconds: null, alert_count: 1, pages: 1 },
      cost: { write_units: 24, read_units: 11.5, requests: 21, usd: expect.closeTo(0.000_024, 6) },
    });
  });

  test("in a batch is independent: valid ones are accepted, the others rejected with a reason", async () => {
    const reply = await postAlert([anAlert(), { service: "x" }, anAlert({ severity: "dire" })]);
    expect(reply.status).toBe(202);
    expect(reply.json()).toEqual({
      accepted: [{ alert_id: expect.stringMatching(/^alt_/), dedup_key: null, status: "accepted" }],
      rejected: [
        { index: 1, errors: expect.arrayContaining([expect.objectContaining({ path: "severity" })]) },
        { index: 2, errors: [expect.objectContaining({ path: "severity" })] },
      ],
    });
  });

  test.each([
    { name: "a batch of 101", body: Array.from({ length: 101 }, () => anAlert()) },
    { name: "an empty batch", body: [] },
    { name: "a message of 2001 characters", body: anAlert({ message: "🚨".repeat(2_001) }) },
    {
      name: "65 labels",
      body: anAlert({ labels: Object.fromEntries(Array.from({ length: 65 }, (_, n) => [n, n])) }),
    },
    { name: "a label that is null", body: anAlert({ labels: { a: null } }) },
    { name: "no service", body: anAlert({ service: "  " }) },
    { name: "a dedup key of 256", body: anAlert({ dedup_key: "k".repeat(256) }) },
    { name: "30 February", body: anAlert({ timestamp: "2026-02-30T00:00:00Z" }) },
  ])("with $name is 422", async ({ body }) => {
    expect((await postAlert(body)).status).toBe(422);
  });

  test("at every limit is accepted, stored and found", async () => {
    const labels = Object.fromEntries(
      Array.from({ length: 64 }, (_, index) => [`${index}`.padStart(128, "n"), "v".repeat(2_048)]),
    );
    const alert = anAlert({ message: "🚨".repeat(2_000), dedup_key: "🔑".repeat(255), labels });
    const { alert_id } = (await postAlert({ ...alert, service: "ß".repeat(255) })).json();
    await handleMessages();
    const stored = (await ask("alerts/get-alert", { path: `${api}/alerts/${alert_id}` })).json();
    expect(stored).toMatchObject({ message: alert.message, labels, outcome: "new_incident" });
  });
});

describe("an incident", () => {
  test("created manually is 201, with everything that clients rely on", async () => {
    const reply = await postIncident({ assigned_to: { name: "Ada", email: "Ada@Example.com" } });
    expect(reply.status).toBe(201);
    const incident = reply.json();
    expect(reply.headers.location).toBe(`${api}/incidents/${incident.id}`);
    expect(incident).toMatchObject({
      title: "Checkout is slow",
      status: "open",
      severity: "high",
      assigned_to: { name: "Ada", email: "ada@example.com" },
      alert_count: 0,
      escalation: null,
      source: "manual",
    });
  });

  test("is found by its number too", async () => {
    const { id, number } = (await postIncident()).json();
    expect((await getIncident(number)).json()).toMatchObject({ id });
  });

  test("acknowledged twice is changed once; without a body, and by its number", async () => {
    const { id, number } = (await postIncident()).json();
    const first = await change("acknowledge", number, { actor: "ada", note: "on it" });
    expect(first.json()).toMatchObject({ status: "acknowledged", acknowledged_by: "ada" });
    expect(first.json().mtta_seconds).toBeGreaterThanOrEqual(0);
    const again = await change("acknowledge", id);
    expect(again.status).toBe(200);
    expect(again.json()).toEqual(first.json());
    expect((await getIncident(id)).json().notes).toEqual([
      expect.objectContaining({ author: "ada", content: "on it" }),
    ]);
  });

  test("resolved without an acknowledgement counts as acknowledged, and can no longer be acknowledged", async () => {
    const { id } = (await postIncident()).json();
    const resolved = (await change("resolve", id, { actor: "ada" })).json();
    expect(resolved).toMatchObject({ status: "resolved", acknowledged_by: "ada", resolved_by: "ada" });
    expect(resolved.mtta_seconds).toBe(resolved.mttr_seconds);
    expect((await change("resolve", id)).json()).toEqual(resolved);
    const refused = await change("acknowledge", id);
    expect(refused.status).toBe(409);
    expect(refused.json()).toMatchObject({ code: "conflict" });
  });

  test("is patched all or not at all", async () => {
    const { id } = (await postIncident()).json();
    const patched = await patch(id, {
      severity: "info",
      title: " Slow\n",
      status: "acknowledged",
      note: "n",
    });
    expect(patched.json()).toMatchObject({ severity: "low", title: "Slow", status: "acknowledged" });
    expect((await patch(id, { title: "Fast", status: "open" })).status).toBe(409);
    expect((await getIncident(id)).json()).toMatchObject({ title: "Slow", status: "acknowledged" });
    expect((await patch(id, {})).status).toBe(422);
    expect((await patch(id, { assigned_to: { name: "Bob", email: "no" } })).status).toBe(422);
  });

  test("that does not exist is 404 in each of its endpoints", async () => {
    for (const id of ["inc_none", "999999", "%F0%9F%9A%A8"]) {
      expect((await getIncident(id)).status, id).toBe(404);
      expect((await change("acknowledge", id)).status, id).toBe(404);
      expect((await patch(id, { title: "x" })).status, id).toBe(404);
    }
  });

  test("is merged into another, and a repeat changes nothing", async () => {
    const [source, target] = [(await postIncident()).json(), (await postIncident()).json()];
    const merge = (id: unknown, body: object) =>
      ask("incidents/merge-incident", { method: "POST", path: `${api}/incidents/${id}/merge`, body });
    const merged = (await merge(source.id, { into: target.number, actor: "ada", note: "the same" })).json();
    expect(merged).toMatchObject({ status: "resolved", merged_into: target.id, mttr_seconds: null });
    expect((await merge(source.number, { into: target.id })).json()).toEqual(merged);
    expect((await getIncident(source.id)).json().notes).toMatchObject([
      { author: "ada", content: "the same" },
    ]);
    expect((await getIncident(target.id)).json().timeline).toContainEqual(
      expect.objectContaining({
        type: "merged_from",
        actor: "ada",
        message: `#${source.number} merged into this incident by ada`,
      }),
    );
    expect((await merge(target.id, { into: target.id })).status).toBe(409);
    expect((await merge(target.id, { into: source.id })).status).toBe(409);
    expect((await merge(target.id, { into: "inc_none" })).status).toBe(404);
    expect((await merge(target.id, {})).json().errors).toMatchObject([{ path: "into" }]);
  });

  test("lists people who are asked to help, with their answers", async () => {
    const { id } = (await postIncident()).json();
    const request = (body: object) =>
      ask("incidents/request-responders", {
        method: "POST",
        path: `${api}/incidents/${id}/responders`,
        body,
      });
    await change("acknowledge", id, { actor: "ada" });
    const asked = (await request({ emails: ["Eva@Example.com"], message: "Do you know this?" })).json();
    const eva = { name: "eva@example.com", email: "eva@example.com" };
    expect(asked.responders).toEqual([{ ...eva, asked_at: expect.any(String), answered_at: null }]);
    const answered = (await change("acknowledge", id, { actor: "eva@example.com" })).json();
    expect(answered).toMatchObject({
      acknowledged_by: "ada",
      responders: [{ ...eva, answered_at: expect.any(String) }],
    });
    expect((await request({ teams: ["none"] })).json().errors).toMatchObject([{ path: "teams.0" }]);
    expect((await request({})).status).toBe(422);
  });

  test("moves to another service, and is described and made less urgent with it", async () => {
    const { id } = (await postIncident()).json();
    const moved = await patch(id, { service: "Ledger", urgency: "low", description: "since the deployment" });
    expect(moved.json()).toMatchObject({
      service: "ledger",
      urgency: "low",
      description: "since the deployment",
    });
    expect((await patch(id, { team: "none" })).json().errors).toMatchObject([{ path: "team" }]);
  });

  test("takes notes, which stand in its timeline", async () => {
    const { id } = (await postIncident()).json();
    const path = `${api}/incidents/${id}/notes`;
    const note = await ask("incidents/add-note", { method: "POST", path, body: { content: "rolled back" } });
    expect(note.status).toBe(201);
    const timeline = await ask("incidents/get-timeline", { path: `${api}/incidents/${id}/timeline` });
    expect((timeline.json().timeline as { type: string }[]).map(({ type }) => type)).toEqual([
      "opened",
      "coverage_gap",
      "note",
    ]);
  });

  test("counts in the statistics of its window", async () => {
    const service = unique("counted-");
    const { id } = (await postIncident({ service })).json();
    await change("resolve", id);
    const stats = (
      await ask("incidents/get-incident-stats", { path: `${api}/incidents/stats`, query: "window=24h" })
    ).json();
    expect(stats).toMatchObject({
      window: "24h",
      total: Number(stats.open) + Number(stats.acknowledged) + Number(stats.resolved),
    });
    expect(stats.by_service).toContainEqual({ service, count: 1 });
  });
});

describe("a schedule", () => {
  const create = (body: object, headers: Record<string, string> = {}) =>
    ask("oncall/schedules/create-schedule", { method: "POST", path: `${api}/schedules`, body, headers });
  const schedule = (fields: object = {}) => ({
    team: unique("team-"),
    rotation_type: "weekly",
    starts_on: "2026-01-05",
    members: [
      { name: "Ada", email: "ada@example.com", role: "primary" },
      { name: "Bob", email: "bob@example.com", role: "primary" },
    ],
    ...fields,
  });
  const current = (query: string) =>
    ask("oncall/get-current-on-call", { path: `${api}/oncall/current`, query });

  test("says who is on call at any time, and until when", async () => {
    const body = schedule({ timezone: "Europe/Berlin" });
    const { id } = (await create(body)).json();
    expect((await current(`team=${body.team}&at=2026-03-30T06:59:59Z`)).json()).toMatchObject({
      team: body.team,
      primary: { name: "Bob" },
      secondary: { name: "Ada" },
      schedule_id: id,
      rotation_type: "weekly",
      shift: { start: "2026-03-23T08:00:00.000Z", end: "2026-03-30T07:00:00.000Z" },
      override: null,
    });
    expect((await current(`team=${body.team}&at=2026-03-30T09:00:00%2B02:00`)).json()).toMatchObject({
      primary: { name: "Ada" },
    });
    expect((await current(`team=${body.team}&at=2025-01-01`)).status).toBe(422);
    expect((await current(`team=${body.team}&at=2025-01-01T00:00`)).json()).toMatchObject({
      primary: null,
      secondary: null,
      shift: null,
    });
  });

  test("of a team that has one is 409, of an unknown team 404", async () => {
    const body = schedule();
    expect((await create(body)).status).toBe(201);
    const second = await create({ ...body, team: ` ${body.team.toUpperCase()} ` });
    expect(second.status).toBe(409);
    expect(second.json()).toMatchObject({ code: "already_exists" });
    expect((await current("team=nobody")).status).toBe(404);
    expect((await current("")).status).toBe(422);
  });

  test.each([
    { name: "a handoff day that contradicts its start", fields: { handoff_day: "tuesday" } },
    {
      name: "no one as primary",
      fields: { members: [{ name: "A", email: "a@example.com", role: "secondary" }] },
    },
    { name: "no members", fields: { members: [] } },
    { name: "a time zone that is none", fields: { timezone: "Mars/Olympus" } },
    { name: "an offset as time zone", fields: { timezone: "+01:00" } },
    { name: "25:00 as handoff", fields: { handoff_time: "25:00" } },
    { name: "30 February as start", fields: { starts_on: "2026-02-30" } },
    { name: "a member twice", fields: { members: [...schedule().members, ...schedule().members] } },
  ])("with $name is 422", async ({ fields }) => {
    expect((await create(schedule(fields))).status).toBe(422);
  });

  test("is what its owner's incidents are paged by", async () => {
    const body = schedule();
    await create(body);
    const service = unique("owned-");
    await ask("oncall/services/put-service", {
      method: "PUT",
      path: `${api}/services/${service}`,
      body: { team: body.team },
    });
    const { id, number, team } = (await postIncident({ service })).json();
    expect(team).toBe(body.team);
    await handleMessages();
    const pages = await ask("notifications/list-notifications", {
      path: `${api}/notifications`,
      query: `incident_id=${id}`,
    });
    const { primary } = (await current(`team=${body.team}`)).json<{ primary: { email: string } }>();
    expect(pages.json().notifications).toEqual([
      expect.objectContaining({ recipient: primary.email, status: "sent", channel: "email" }),
    ]);
    const byNumber = await ask("notifications/list-notifications", {
      path: `${api}/notifications`,
      query: `incident_id=${number}`,
    });
    expect(byNumber.json()).toEqual(pages.json());
  });
});

test.each([
  ["alerts/list-alerts", "alerts"],
  ["oncall/list-escalations", "escalations"],
  ["notifications/list-notifications", "notifications"],
])("%s finds nothing for the number of no incident", async (name, items) => {
  const list = await ask(name, { path: `${api}/${items}`, query: "incident_id=999999999" });
  expect(list.json()).toEqual({ [items]: [], next_cursor: null });
});

describe("a notification", () => {
  const notify = (body: object) =>
    ask("notifications/create-notification", { method: "POST", path: `${api}/notify`, body });

  test("is queued with 202, then sent; mock is the console", async () => {
    const { id: incident_id, number } = (await postIncident()).json();
    const body = { incident_id: String(number), recipient: "ada", message: "look", channel: "mock" };
    const reply = await notify({ ...body, metadata: { a: 1 } });
    expect(reply.status).toBe(202);
    expect(reply.json()).toMatchObject({
      incident_id,
      status: "queued",
      channel: "console",
      severity: "high",
    });
    await handleMessages();
    const path = `${api}/notifications/${reply.json().id}`;
    expect((await ask("notifications/get-notification", { path })).json()).toMatchObject({
      status: "sent",
      metadata: { a: 1 },
      attempts: [{ ok: true }],
      sent_at: expect.stringMatching(/Z$/),
    });
  });

  test("of a channel without a provider is simulated, also in the incident's timeline", async () => {
    const { id: incident_id } = (await postIncident()).json();
    const reply = await notify({
      incident_id,
      recipient: "ada@example.com",
      message: "look",
      channel: "email",
    });
    expect(reply.json()).toMatchObject({ status: "queued", simulated: false });
    await handleMessages();
    const path = `${api}/notifications/${reply.json().id}`;
    expect((await ask("notifications/get-notification", { path })).json()).toMatchObject({
      status: "sent",
      simulated: true,
    });
    const { timeline } = (
      await ask("incidents/get-timeline", { path: `${api}/incidents/${incident_id}/timeline` })
    ).json();
    expect(timeline).toContainEqual(
      expect.objectContaining({
        type: "notification",
        message: "ada@example.com by email: printed to the console",
        details: expect.objectContaining({ status: "sent", simulated: true }),
      }),
    );
  });

  test("has a digest that anyone can recompute from what is shown", async () => {
    const { id: incident_id } = (await postIncident()).json();
    const { id } = (await notify({ incident_id, recipient: "ada@example.com", message: "look" })).json();
    await handleMessages();
    const path = `${api}/notifications/${id}`;
    const shown = (await ask("notifications/get-notification", { path })).json();
    const proof = (await ask("notifications/get-proof", { path: `${path}/proof` })).json();
    const { channel, recipient, address, message, created_at } = shown;
    const genesis = sha256(
      JSON.stringify([id, incident_id, channel, recipient, address, message, Date.parse(String(created_at))]),
    );
    const attempts = shown.attempts as { at: string; ok: boolean; outcome: string; detail: string }[];
    const head = attempts.reduce(
      (before, { at, ok, outcome, detail }) =>
        sha256(JSON.stringify([before, Date.parse(at), ok, outcome, detail])),
      genesis,
    );
    expect(attempts).toMatchObject([{ ok: true, outcome: "sent", hash: head }]);
    expect(proof).toMatchObject({ genesis, head, valid: true, broken_at: null, attempts });
  });

  test("about an unknown incident is 404, by an unknown channel 422", async () => {
    expect((await notify({ incident_id: "none", recipient: "a", message: "m" })).status).toBe(404);
    const { id } = (await postIncident()).json();
    expect((await notify({ incident_id: id, recipient: "a", message: "m", channel: "pigeon" })).status).toBe(
      422,
    );
  });
});

describe("by convention", () => {
  test("a list continues with its cursor, each item once, newest first, and ends with null", async () => {
    const service = unique("listed-");
    const made: unknown[] = [];
    for (let count = 0; count < 7; count += 1) made.push((await postIncident({ service })).json().id);
    const list = (query: string) =>
      ask("incidents/list-incidents", { path: `${api}/incidents`, query: `service=${service}&${query}` });
    const seen: unknown[] = [];
    let cursor = "";
    do {
      const page = (await list(`limit=3${cursor && `&cursor=${cursor}`}`)).json<{
        incidents: { id: string }[];
        next_cursor: string | null;
      }>();
      seen.push(...page.incidents.map(({ id }) => id));
      cursor = page.next_cursor ?? "";
    } while (cursor !== "");
    expect(seen).toEqual(made.toReversed());
  });

  test.each(["limit=0", "limit=201", "limit=x", "limit=1.5", "limit=-1", "cursor=x"])(
    "a list with %s is 422",
    async (query) => {
      expect((await ask("alerts/list-alerts", { path: `${api}/alerts`, query })).status).toBe(422);
    },
  );

  test("a cursor of one list is foreign to another, and to other filters", async () => {
    await postIncident();
    await postIncident();
    const list = (query: string) => ask("incidents/list-incidents", { path: `${api}/incidents`, query });
    const { next_cursor } = (await list("limit=1")).json();
    expect((await list(`limit=2&cursor=${next_cursor}`)).status).toBe(200);
    expect((await list(`severity=high&cursor=${next_cursor}`)).status).toBe(422);
    const query = `cursor=${next_cursor}`;
    expect((await ask("oncall/schedules/list-schedules", { path: `${api}/schedules`, query })).status).toBe(
      422,
    );
  });

  test("a repeated Idempotency-Key repeats the reply; with another body it is 409", async () => {
    const headers = { "idempotency-key": unique("key-") };
    const first = await postIncident({}, headers);
    const again = await postIncident({}, headers);
    expect([again.status, again.text, again.headers.location]).toEqual([
      first.status,
      first.text,
      first.headers.location,
    ]);
    const other = await postIncident({ title: "Other" }, headers);
    expect(other.status).toBe(409);
    expect(other.json()).toMatchObject({ code: "idempotency_key_reused" });
  });

  test("a key belongs to its endpoint", async () => {
    const headers = { "idempotency-key": unique("key-") };
    expect((await postIncident({}, headers)).status).toBe(201);
    expect((await postAlert(anAlert(), headers)).status).toBe(202);
  });

  test("an alert sent twice at once with one key is one alert", async () => {
    const headers = { "idempotency-key": unique("key-") };
    const alert = anAlert();
    const replies = await Promise.all([postAlert(alert, headers), postAlert(alert, headers)]);
    expect(new Set(replies.map(({ text }) => text)).size).toBe(1);
    await handleMessages();
    const list = await ask("alerts/list-alerts", {
      path: `${api}/alerts`,
      query: `service=${alert.service}`,
    });
    expect(list.json().alerts).toHaveLength(1);
  });

  test("a trailing slash is the same path, and the body decides, not its type", async () => {
    const reply = await ask("alerts/receive-alerts", {
      method: "POST",
      path: `${api}/alerts/`,
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: anAlert(),
      base64: true,
    });
    expect(reply.status).toBe(202);
  });

  test.each([
    { name: "a body that is not JSON", body: "{", status: 400, code: "unreadable" },
    { name: "no body", body: undefined, status: 400, code: "unreadable" },
    { name: "over 512 KiB", body: `"${"x".repeat(512 * 1_024)}"`, status: 413, code: "too_large" },
    { name: "a number", body: 1, status: 422, code: "invalid" },
  ])("$name is $status", async ({ body, status, code }) => {
    const reply = await postAlert(body);
    expect(reply.status).toBe(status);
    expect(reply.headers["content-type"]).toBe("application/problem+json");
    expect(reply.json()).toMatchObject({ status, code, request_id: reply.headers["x-request-id"] });
  });

  test("a GET with a body is a GET", async () => {
    const reply = await ask("incidents/list-incidents", { path: `${api}/incidents`, body: {} });
    expect(reply.status).toBe(200);
  });

  test("a foreign host, and a foreign page, is 403", async () => {
    expect((await postAlert(anAlert(), { host: "evil.example.com" })).status).toBe(403);
    expect((await postAlert(anAlert(), { origin: "http://localhost:3000" })).status).toBe(403);
    expect((await postAlert(anAlert(), { origin: "http://localhost:8080" })).status).toBe(202);
  });

  test("a request id is echoed if it is fit for that, and made if not", async () => {
    const echoed = await postAlert("{", { "x-request-id": "mine-1" });
    expect(echoed.headers["x-request-id"]).toBe("mine-1");
    expect(echoed.json()).toMatchObject({ request_id: "mine-1" });
    for (const unfit of ["", "a b", "x".repeat(129)]) {
      const made = await postAlert("{", { "x-request-id": unfit });
      expect(made.headers["x-request-id"]).toMatch(/^[0-9A-Z]{26}$/);
    }
  });
});
