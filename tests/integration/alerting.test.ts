/** Routing rules, silences and heartbeats through their endpoints, on real emulators. */
import { readFileSync } from "node:fs";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { beforeAll, expect, test, vi } from "vitest";
import { pathPattern } from "../../shared/contracts/path-template.ts";
import { deliver, takeAll } from "../bench/lambda-events.ts";
import { allEndpoints, call, type Endpoint, type HttpReply, handlerOf } from "../support/functions/lambda.ts";
import { functionsOnEmulators } from "../support/platform/functions-on-emulators.ts";

const emulators = functionsOnEmulators();
let endpoints: Endpoint[];

beforeAll(async () => {
  endpoints = await allEndpoints();
});

async function ask(method: string, path: string, body?: unknown): Promise<HttpReply> {
  const endpoint = endpoints.find(
    ({ contract }) => contract.method === method && pathPattern(contract.path).test(path),
  );
  if (!endpoint) throw new Error(`Nothing answers ${method} ${path}`);
  return call(endpoint.handler, { method, path, ...(body !== undefined && { body }) });
}

/** Returns the outcome of a new alert. */
async function send(fields: object): Promise<Record<string, unknown>> {
  const alert = { service: "shop", severity: "high", message: "down", ...fields };
  const { alert_id } = (await ask("POST", "/api/v1/alerts", alert)).json();
  const correlate = await handlerOf<(event: SQSEvent) => Promise<SQSBatchResponse>>(
    "alerts/correlate-alerts.queue",
  );
  for (let seen = 1; seen > 0; ) {
    const messages = await takeAll(emulators().sqs, emulators().env.ALERTS_QUEUE_URL);
    seen = messages.length;
    if (seen > 0) await deliver(correlate, messages);
  }
  return (await ask("GET", `/api/v1/alerts/${alert_id}`)).json();
}

test("rules are replaced as a list, against the version that was read, and apply immediately", async () => {
  expect((await ask("GET", "/api/v1/routing-rules")).json()).toEqual({
    rules: [],
    version: 0,
    in_force_from: null,
  });
  const matchers = [{ field: "labels.env", op: "=~", value: "dev.*" }];
  const rules = [
    { name: "noise", matchers, drop: true },
    {
      name: "ledger",
      matchers: [{ field: "service", op: "=", value: "db" }],
      service: "Ledger",
      severity: "info",
    },
  ];
  const put = await ask("PUT", "/api/v1/routing-rules", { rules, version: 0 });
  expect(put.json()).toMatchObject({
    version: 1,
    rules: [{ drop: true }, { service: "ledger", severity: "low" }],
  });
  expect((await ask("GET", "/api/v1/routing-rules")).json()).toEqual(put.json());
  expect((await ask("PUT", "/api/v1/routing-rules", { rules: [], version: 0 })).status).toBe(409);
  expect(await send({ labels: { env: "dev-1" } })).toMatchObject({
    outcome: "dropped",
    routing_rules: ["noise"],
    suppressed_by: null,
  });
  expect(await send({ service: "db" })).toMatchObject({
    outcome: "new_incident",
    service: "ledger",
    severity: "low",
  });
});

test("faults of rules are reported by their paths", async () => {
  const rules = [
    {
      name: "a",
      matchers: [
        { field: "service", op: "=", value: "x" },
        { field: "labels.a", op: "=~", value: "(" },
      ],
    },
    { name: "b", matchers: [{ field: "host", op: "=", value: "x" }], dedup_key: "{{host}}" },
  ];
  const reply = await ask("PUT", "/api/v1/routing-rules", { rules });
  expect(reply.status).toBe(422);
  expect(reply.json().errors).toEqual([
    { path: "rules.1.matchers.0.field", message: expect.stringContaining("labels.<name>") },
    { path: "rules.1.dedup_key", message: "{{host}} is not a field of alerts" },
    { path: "rules.0.matchers.1.value", message: expect.stringContaining("missing closing )") },
  ]);
});

test("a silence holds from when it is made until it is ended", async () => {
  const silence = {
    matchers: [{ field: "service", op: "=~", value: "quiet-.*" }],
    duration_seconds: 3_600,
    comment: "moving the database",
    created_by: "ada",
  };
  const created = await ask("POST", "/api/v1/silences", silence);
  expect(created.status).toBe(201);
  const { id } = created.json();
  expect(created.headers.location).toBe(`/api/v1/silences/${id}`);
  expect(created.json()).toMatchObject({ state: "active", created_by: "ada", recurring: null });
  // Another execution environment may cache the rules for this long.
  let tries = 0;
  await vi.waitFor(async () => {
    const dedup_key = String(++tries);
    expect(await send({ service: "quiet-1", dedup_key })).toMatchObject({
      outcome: "suppressed",
      suppressed_by: { kind: "silence", id },
    });
  }, 30_000);
  const simulated = (await ask("POST", "/api/v1/simulate", { service: "quiet-1", severity: "high" })).json();
  expect(simulated).toMatchObject({ held_by: { kind: "silence", id }, pages_at: created.json().ends_at });
  const ended = (await ask("DELETE", `/api/v1/silences/${id}`)).json();
  expect(ended).toMatchObject({ id, state: "expired", active_until: null });
  expect((await ask("GET", `/api/v1/silences/${id}`)).json()).toEqual(ended);
  expect((await ask("DELETE", `/api/v1/silences/${id}`)).json()).toEqual(ended);
  expect((await ask("GET", "/api/v1/silences")).json()).toMatchObject({
    silences: [{ id }],
    next_cursor: null,
  });
});

test("a silence is changed until it ends", async () => {
  const matchers = [{ field: "labels.host", op: "=", value: "db2" }];
  const created = await ask("POST", "/api/v1/silences", {
    matchers,
    duration_seconds: 60,
    comment: "patching",
  });
  const { id, starts_at } = created.json<{ id: string; starts_at: string }>();
  const path = `/api/v1/silences/${id}`;
  const recurring = { timezone: "UTC", windows: [{ type: "daily", start: "02:00", end: "04:00" }] };
  const changed = await ask("PATCH", path, { ends_at: "2030-01-01T00:00:00Z", comment: "longer", recurring });
  expect(changed.json()).toMatchObject({
    matchers,
    starts_at,
    ends_at: "2030-01-01T00:00:00.000Z",
    comment: "longer",
    recurring,
  });
  const endless = await ask("PATCH", path, { recurring: null });
  expect([endless.status, endless.json().errors]).toMatchObject([422, [{ path: "ends_at" }]]);
  const whole = await ask("PATCH", path, { recurring: null, duration_seconds: 7_200 });
  expect(whole.json()).toMatchObject({ state: "active", recurring: null, comment: "longer" });
  expect(
    Date.parse(whole.json<{ ends_at: string }>().ends_at) - Date.parse(starts_at),
  ).toBeGreaterThanOrEqual(7_200_000);
  expect((await ask("GET", path)).json()).toEqual(whole.json());
  for (const [fields, at] of [
    [{ starts_at: "2030-01-01T00:00:00Z" }, "starts_at"],
    [{ ends_at: "2020-01-01T00:00:00Z" }, "ends_at"],
    [{ ends_at: "2030-01-01T00:00:00Z", duration_seconds: 60 }, "ends_at"],
    [{ duration: 60 }, "duration"],
    [{ matchers: [] }, "matchers"],
  ] as const) {
    const refused = await ask("PATCH", path, fields);
    expect(refused.status).toBe(422);
    expect(refused.json<{ errors: object[] }>().errors).toMatchObject([{ path: at }]);
  }
  await ask("DELETE", path);
  expect((await ask("PATCH", path, { duration_seconds: 60 })).status).toBe(409);
});

test("a preview of a silence lists the latest alerts that it matches, and its next periods", async () => {
  const dedup_key = "previewed";
  for (const host of ["a1", "a2", "b1"]) await send({ service: "preview", dedup_key, labels: { host } });
  const endless = { matchers: [{ field: "service", op: "=", value: "preview" }] };
  expect((await ask("POST", "/api/v1/silences/preview", endless)).status).toBe(422);
  const preview = await ask("POST", "/api/v1/silences/preview", {
    matchers: [
      { field: "service", op: "=", value: "preview" },
      { field: "labels.host", op: "=~", value: "a.*" },
    ],
    starts_at: "2030-01-01T00:00:00Z",
    recurring: { timezone: "UTC", windows: [{ type: "daily", start: "02:00", end: "04:00" }] },
  });
  expect(preview.json()).toMatchObject({
    matched: 2,
    alerts: [{ labels: { host: "a2" } }, { labels: { host: "a1" } }],
  });
  expect(preview.json()).toMatchObject({ complete: true });
  const { examined, active } = preview.json<{ examined: number; active: object[] }>();
  expect(examined).toBeGreaterThanOrEqual(3);
  expect(active).toHaveLength(5);
  expect(active[0]).toEqual({ start: "2030-01-01T02:00:00.000Z", end: "2030-01-01T04:00:00.000Z" });
});

test("a preview of routing rules shows which of the latest alerts they match, drop and move", async () => {
  const matchers = [{ field: "service", op: "=", value: "moving" }];
  const stored = { name: "stored", matchers, service: "ledger", severity: "low" };
  await ask("PUT", "/api/v1/routing-rules", { rules: [stored] });
  await vi.waitFor(async () => {
    expect(await send({ service: "moving", labels: { env: "prod" } })).toMatchObject({ service: "ledger" });
  }, 30_000);
  const { id } = await send({ service: "moving", labels: { env: "test" } });
  const drop = { name: "tests", matchers: [{ field: "labels.env", op: "=", value: "test" }], drop: true };
  const team = { name: "night", matchers, team: "night", dedup_key: "{{labels.env}}" };
  const reply = await ask("POST", "/api/v1/routing-rules/preview", { rules: [drop, team] });
  const preview = reply.json<{
    matched: number;
    dropped: number;
    moved: number;
    rules: object[];
    alerts: object[];
  }>();
  const before = { service: "moving", team: null, severity: "high", dedup_key: null, urgency: null };
  expect(preview.alerts.slice(0, 2)).toEqual([
    { id, message: "down", rules: ["tests"], dropped: true, before, after: before },
    {
      id: expect.any(String),
      message: "down",
      rules: ["night"],
      dropped: false,
      before,
      after: { ...before, team: "night", dedup_key: "prod" },
    },
  ]);
  expect(preview).toMatchObject({ dropped: 1, matched: preview.moved + 1 });
  expect(preview.rules).toEqual([
    { name: "tests", matched: 1 },
    { name: "night", matched: preview.moved },
  ]);
  expect((await ask("GET", "/api/v1/routing-rules")).json()).toMatchObject({ rules: [{ name: "stored" }] });
  await ask("PUT", "/api/v1/routing-rules", { rules: [] });
});

test("the path of the preview is no silence: other methods are not allowed", async () => {
  for (const [method, body] of [["GET"], ["PATCH", { comment: "x" }], ["DELETE"]] as const) {
    const { status, headers } = await ask(method, "/api/v1/silences/preview", body);
    expect([status, headers.allow]).toEqual([405, "POST"]);
  }
});

test("a silence that has not started is not moved into the past", async () => {
  const created = await ask("POST", "/api/v1/silences", {
    matchers: [{ field: "labels.host", op: "=", value: "db3" }],
    starts_at: "2035-01-01T00:00:00Z",
    duration_seconds: 60,
    comment: "patching",
  });
  const path = `/api/v1/silences/${created.json().id}`;
  const past = await ask("PATCH", path, { starts_at: "2020-01-01T00:00:00Z" });
  expect([past.status, past.json().errors]).toEqual([
    422,
    [{ path: "starts_at", message: "must not be in the past" }],
  ]);
  const before = Date.now();
  const started = await ask("PATCH", path, {
    starts_at: new Date(before - 1_000).toISOString(),
    duration_seconds: 60,
  });
  expect(started.json()).toMatchObject({ state: "active" });
  expect(Date.parse(started.json<{ starts_at: string }>().starts_at)).toBeGreaterThanOrEqual(before);
  await ask("DELETE", path);
});

test("texts that cannot be stored are rejected in the configuration, and replaced in alerts", async () => {
  const text = "a\0b\ud83d";
  const silence = {
    matchers: [{ field: "service", op: "=", value: text }],
    duration_seconds: 60,
    comment: "why",
  };
  for (const [method, path, body, at] of [
    ["POST", "/api/v1/silences", silence, "matchers.0.value"],
    ["POST", "/api/v1/silences/preview", silence, "matchers.0.value"],
    ["PUT", "/api/v1/routing-rules", { rules: [{ name: text }] }, "rules.0.name"],
    ["POST", "/api/v1/incidents", { title: text, service: "shop", severity: "low" }, "title"],
    ["POST", "/api/v1/heartbeats", { name: text, service: "shop", interval_seconds: 60 }, "name"],
  ] as const) {
    const refused = await ask(method, path, body);
    expect([refused.status, refused.json().errors]).toMatchObject([422, [{ path: at }]]);
  }
  expect(await send({ message: text, labels: { [text]: text } })).toMatchObject({
    message: "a\ufffdb\ufffd",
    labels: { "a\ufffdb\ufffd": "a\ufffdb\ufffd" },
  });
});

test("maintenance windows recur in their zone", async () => {
  const silence = {
    matchers: [{ field: "labels.host", op: "=", value: "db1" }],
    recurring: {
      timezone: "Europe/Berlin",
      windows: [{ type: "weekly", start_day: "sunday", start: "02:00", end_day: "sunday", end: "04:00" }],
    },
    comment: "patching",
  };
  const created = await ask("POST", "/api/v1/silences", silence);
  expect(created.status).toBe(201);
  expect(created.json().recurring).toEqual(silence.recurring);
});

test.each([
  [{ matchers: [] }, "matchers"],
  [{ duration_seconds: undefined }, "ends_at"],
  [{ ends_at: "2020-01-01T00:00:00Z", duration_seconds: undefined }, "ends_at"],
  [{ ends_at: "2030-01-01T00:00:00Z" }, "ends_at"],
  [
    { ends_at: "2036-12-01T00:00:00Z", duration_seconds: undefined, starts_at: "2020-01-01T00:00Z" },
    "ends_at",
  ],
  [{ starts_at: "2126-01-01T00:00:00Z" }, "starts_at"],
  [{ starts_at: "2020-01-01T00:00:00Z" }, "duration_seconds"],
  [{ matchers: [{ field: "service", op: "=~", value: "a(?=b)" }] }, "matchers.0.value"],
  [{ recurring: { timezone: "Mars", windows: [] } }, "recurring.timezone"],
  [{ comment: "" }, "comment"],
])("a silence with %o is refused at %s", async (fields, path) => {
  const silence = {
    matchers: [{ field: "service", op: "=", value: "x" }],
    duration_seconds: 60,
    comment: "why",
    ...fields,
  };
  const reply = await ask("POST", "/api/v1/silences", silence);
  expect(reply.status).toBe(422);
  expect(reply.json<{ errors: { path: string }[] }>().errors.map((fault) => fault.path)).toContain(path);
});

test("a heartbeat waits, accepts pings by POST and GET, is updated and deleted", async () => {
  const created = await ask("POST", "/api/v1/heartbeats", {
    name: "backup",
    service: "ledger",
    interval_seconds: 60,
    grace_seconds: 30,
  });
  expect(created.status).toBe(201);
  const { id, key, url } = created.json<{ id: string; key: string; url: string }>();
  expect(url).toBe(`http://localhost:8080/heartbeats/${key}`);
  expect(created.json()).toMatchObject({ state: "waiting", severity: "high", last_beat_at: null });
  for (const method of ["POST", "GET"]) {
    expect((await ask(method, `/heartbeats/${key}`)).json()).toEqual({ status: "ok" });
  }
  const beating = (await ask("GET", `/api/v1/heartbeats/${id}`)).json();
  expect(beating).toMatchObject({
    state: "ok",
    key_prefix: key.slice(0, 6),
    url: expect.stringContaining("{key}"),
  });
  expect(JSON.stringify(beating)).not.toContain(key);
  expect((await ask("GET", "/api/v1/heartbeats")).json()).toMatchObject({ heartbeats: [{ id }] });
  const paused = await ask("PATCH", `/api/v1/heartbeats/${id}`, { paused: true });
  expect(paused.json()).toMatchObject({ paused: true, state: "paused", due_at: null });
  expect((await ask("PATCH", `/api/v1/heartbeats/${id}`, { paused: false })).json()).toMatchObject({
    paused: false,
    state: "ok",
  });
  const patched = await ask("PATCH", `/api/v1/heartbeats/${id}`, { grace_seconds: 600, team: "night" });
  expect(patched.json()).toMatchObject({ grace_seconds: 600, team: "night", interval_seconds: 60 });
  expect((await ask("DELETE", `/api/v1/heartbeats/${id}`)).json()).toMatchObject({ id });
  const gone = await ask("POST", `/heartbeats/${key}`);
  expect(gone.status).toBe(404);
  expect(gone.text).not.toContain(key);
});

test("a missing heartbeat opens an incident in the next sweep, and its next ping resolves it", async () => {
  const heartbeat = { name: "beacon", service: "beacon", interval_seconds: 1, grace_seconds: 0 };
  const { key } = (await ask("POST", "/api/v1/heartbeats", heartbeat)).json();
  await ask("POST", `/heartbeats/${key}`);
  const sweep = await handlerOf<() => Promise<void>>("alerts/sweep-alerts.schedule");
  await vi.waitFor(
    async () => {
      await sweep();
      await send({ service: "other", action: "resolve" });
      const { incidents } = (await ask("GET", "/api/v1/incidents")).json<{ incidents: object[] }>();
      expect(incidents).toContainEqual(expect.objectContaining({ service: "beacon", status: "open" }));
    },
    { timeout: 20_000, interval: 300 },
  );
  await ask("GET", `/heartbeats/${key}`);
  await send({ service: "other", action: "resolve" });
  const { incidents } = (await ask("GET", "/api/v1/incidents")).json<{ incidents: object[] }>();
  expect(incidents).toContainEqual(expect.objectContaining({ service: "beacon", status: "resolved" }));
});

/** The requests of a document's examples, in their order. */
function examplesIn(markdown: string): { method: string; path: string; body?: unknown }[] {
  const curl = /^curl (?:-X (\w+) )?\$U(\S+)(?: -d '([^']+)')?$/gm;
  return [...markdown.matchAll(curl)].map(([, method, path = "", body]) => ({
    method: method ?? (body === undefined ? "GET" : "POST"),
    path: `/api/v1${path}`,
    ...(body !== undefined && { body: JSON.parse(body) }),
  }));
}

test("the examples of the documentation get the documented responses", async () => {
  const { version } = (await ask("GET", "/api/v1/routing-rules")).json<{ version: number }>();
  const markdown = readFileSync("docs/alerts.md", "utf8").replace('"version": 0', `"version": ${version}`);
  const examples = examplesIn(markdown);
  expect(examples).toHaveLength(markdown.match(/^curl /gm)?.length ?? 0);
  let created = "";
  for (const { method, path, body } of examples) {
    const reply = await ask(method, path.replace("{id}", created), body);
    if (reply.status === 201) created = reply.json<{ id: string }>().id;
    expect(reply.status, `${method} ${path}: ${reply.text}`).toBeLessThan(300);
  }
});
