/** Malicious and malformed requests to every endpoint, on real emulators. */
import { join } from "node:path";
import { DeleteMessageBatchCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import * as z from "zod";
import { writeDocsAssets } from "../../infra/build/docs-assets.ts";
import { toRecord } from "../../localstack/queues/sqs-event.ts";
import type { Contract } from "../../shared/contracts/contract.ts";
import type { LambdaHandler } from "../../shared/http/lambda.ts";
import { signAction } from "../../shared/http/mattermost/action-token.ts";
import { encodeCursor } from "../../shared/http/request/cursor.ts";
import { signLink } from "../../shared/http/tokens/links.ts";
import { signReceipt } from "../../shared/http/tokens/receipt-links.ts";
import { integrationTypeNames } from "../../shared/integrations/registry.ts";
import { anyCharacter, anyText } from "../support/any-text.ts";
import { bodyExamples } from "../support/functions/body-examples.ts";
import { gateways } from "../support/functions/gateway-events.ts";
import {
  allEndpoints,
  call,
  type Endpoint,
  type HttpReply,
  type HttpRequest,
  handlerOf,
} from "../support/functions/lambda.ts";
import { REGION, temporaryFolder } from "../support/platform/platform.ts";
import { type SharedEmulators, sharedEmulators } from "../support/platform/shared-emulators.ts";

/** The formats of gateway events share 10,000 requests. */
const requests = 10_000 / gateways.length;
const atOnce = 8;
const signingSecret = "what signs the links of the fuzz test";
const telegramSecret = "what_Telegram_sends";

let emulators: SharedEmulators;
let endpoints: Endpoint[];
let fallback: LambdaHandler;
/** Ids, numbers and names that exist. */
const known: Record<string, string[]> = {};

beforeAll(async () => {
  emulators = await sharedEmulators();
  const bundles = temporaryFolder();
  writeDocsAssets(join(bundles, "dist/docs-assets"));
  Object.assign(process.env, emulators.env, {
    CORS_ORIGINS: "https://status.example.com",
    BUNDLES_DIR: bundles,
    SIGNING_SECRET: signingSecret,
    VAPID_PUBLIC_KEY: "a public key",
    TELEGRAM_WEBHOOK_SECRET: telegramSecret,
  });
  // Suppresses the functions' logs and console pages.
  vi.spyOn(process.stdout, "write").mockReturnValue(true);
  endpoints = await allEndpoints();
  fallback = await handlerOf("system/fallback");
  await populate();
});
afterAll(async () => {
  vi.restoreAllMocks();
  await emulators.stop();
});

const endpointNamed = (name: string): Endpoint => {
  const endpoint = endpoints.find((candidate) => candidate.name === name);
  if (!endpoint) throw new Error(`No endpoint ${name}`);
  return endpoint;
};

/** More than are deleted in the course of it. */
const teams = ["checkout", ...Array.from({ length: 100 }, (_, index) => `team-${index}`)];
const newTeams = Array.from({ length: 50 }, (_, index) => `new-${index}`);
/** More than are resolved before each endpoint had one that is open. */
const incidents = 60;
const contactMethod = "mail";
const emails = Array.from({ length: 20 }, (_, index) => `user-${index}@example.com`);

/** A little of everything, so that lists have pages and ids lead somewhere. */
async function populate(): Promise<void> {
  const post = async (name: string, path: string, body: unknown) => {
    const reply = await call(endpointNamed(name).handler, { method: "POST", path, body });
    expect(reply.status, `${path}: ${reply.text}`).toBeLessThan(300);
    return reply.json<Record<string, string>>();
  };
  const incident = { title: "down", service: "checkout", severity: "high" };
  const opened = await Promise.all(
    Array.from({ length: incidents }, () => post("incidents/create-incident", "/api/v1/incidents", incident)),
  );
  known["incidents id"] = opened.flatMap(({ id, number }) => [String(id), String(number)]);
  const message = { incident_id: opened[0]?.id, recipient: "ada@example.com", message: "down" };
  const notification = await post("notifications/create-notification", "/api/v1/notify", message);
  known["notifications id"] = [String(notification.id)];
  const receipt = { notificationId: String(notification.id), device: { id: "psh_1", name: "Firefox" } };
  known["notifications token"] = [signReceipt(receipt, signingSecret, Date.now())];
  known["notifications team"] = teams;
  known["access email"] = emails;
  // One of each team, in their order: an attempt names all three alike.
  const hooks = teams.map((team) => `/api/v1/teams/${team}/webhooks`);
  const webhooks = await Promise.all(
    hooks.map((path) =>
      post("notifications/webhooks/create-webhook", path, { url: "https://example.com/hook" }),
    ),
  );
  known["notifications webhook"] = webhooks.map(({ id }) => String(id));
  const pings = await Promise.all(
    webhooks.map(({ id }, index) =>
      post("notifications/webhooks/test-webhook", `${hooks[index]}/${id}/test`, {}),
    ),
  );
  known["notifications delivery"] = pings.map(({ id }) => String(id));
  await putUsers();
  const [browser] = bodyExamples["POST /api/v1/users/{email}/push-subscriptions"] ?? [];
  const subscriptions = await Promise.all(
    emails.map((email) =>
      post("access/push/create-push-subscription", `/api/v1/users/${email}/push-subscriptions`, browser),
    ),
  );
  known["access subscription"] = subscriptions.map(({ id }) => String(id));
  const members = [{ name: "Ada", email: "ada@example.com", role: "primary" }];
  const schedule = { rotation_type: "weekly", members };
  const overrides = await Promise.all(
    teams.map(async (team) => {
      await post("oncall/schedules/create-schedule", "/api/v1/schedules", { ...schedule, team });
      const override = { team, user_name: "Bob", user_email: "bob@example.com", duration_hours: 1 };
      return post("oncall/overrides/create-override", "/api/v1/oncall/override", override);
    }),
  );
  known["oncall team"] = [...teams, "Checkout "];
  known["oncall id"] = overrides.map(({ id }) => String(id));
  const alert = await post("alerts/receive-alerts", "/api/v1/alerts", { ...incident, message: "down" });
  known["alerts alert_id"] = [String(alert.alert_id)];
  await correlateAll();
  known["oncall service"] = ["checkout"];
  const links = (["acknowledge", "view"] as const).map((action) => ({ action, actor: "ada@example.com" }));
  known["web token"] = opened.flatMap(({ id }) =>
    links.map((link) => signLink({ ...link, incidentId: String(id) }, signingSecret, Date.now())),
  );
  const made = await Promise.all(
    emails.map((name) => post("access/create-api-key", "/api/v1/keys", { name, scopes: ["read"] })),
  );
  known["access id"] = made.flatMap(({ id }) => [String(id), contactMethod]);
  const matchers = [{ field: "service", op: "=", value: "elsewhere" }];
  const silence = { matchers, duration_seconds: 3_600, comment: "why" };
  const heartbeat = { name: "backup", service: "ledger", interval_seconds: 3_600 };
  // More than are ended and deleted before each endpoint had one that is there.
  const alerting = await Promise.all(
    Array.from({ length: 40 }, async () => [
      await post("alerts/create-silence", "/api/v1/silences", silence),
      await post("alerts/heartbeats/create-heartbeat", "/api/v1/heartbeats", heartbeat),
    ]),
  );
  known["alerts key"] = alerting.flatMap(([, { key } = {}]) => (key === undefined ? [] : [key]));
  const integrations = await Promise.all(
    teams.map((name) =>
      post("integrations/create-integration", "/api/v1/integrations", {
        name,
        type: "generic",
        service: "checkout",
      }),
    ),
  );
  known["alerts id"] = alerting.flat().map(({ id }) => String(id));
  known["integrations id"] = integrations.map(({ id }) => String(id));
  known["system service"] = ["alerts", "web"];
  known["system asset"] = ["swagger-ui.css"];
}

const text = fc.oneof(
  fc.string(),
  anyText({ maxLength: 40 }),
  fc.constantFrom(
    "",
    " ",
    "\u0000",
    "a\ud800b",
    "\udc00",
    "\ufffe\uffff",
    "\u202Eevil",
    "🚨",
    "__proto__",
    "constructor",
    "#",
    "%00",
    "../../etc/passwd",
    "<script>",
    "ALERTS",
    "INCIDENT#x",
    "1e308",
    "null",
    "-1",
    "999999999999999",
    "2026-11-23T10:00:00Z",
    "9999-12-31",
    "0000-01-01",
    "Europe/Berlin",
    "Etc/GMT+12",
    "09:00",
    "monday",
    "weekly",
    "critical",
    "ada@example.com",
  ),
  fc
    .constantFrom("x", "ä", "🚨", "\u0000", "İ")
    .chain((unit) =>
      fc.constantFrom(128, 254, 255, 256, 2_000, 2_048, 10_000).map((count) => unit.repeat(count)),
    ),
);
const number = fc.oneof(
  fc.integer(),
  fc.double(),
  fc.constantFrom(0, -0, 1e308, -1e308, 5e-324, 2 ** 53, 1.5, 1e21),
);
const json = fc.oneof(
  text,
  number,
  fc.constantFrom(null, true, false, [], {}),
  fc.jsonValue({ maxDepth: 3, stringUnit: anyCharacter }),
);

/** Fields as the endpoints take them, right more often than not. */
const right: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  service: fc.constantFrom("checkout", "Search ", "🚨".repeat(255), "__proto__"),
  severity: fc.constantFrom("critical", "High", "warning", "info", "low"),
  message: fc.constantFrom("down", "🚨".repeat(2_000), "a\nb\u0000"),
  title: fc.constantFrom("down", "🚨"),
  labels: fc.oneof(
    fc.dictionary(
      fc.string({ minLength: 1, maxLength: 20 }),
      fc.oneof(fc.string(), fc.integer(), fc.boolean()),
    ),
    fc.dictionary(fc.string({ maxLength: 130 }), fc.oneof(text, number, fc.boolean()), { maxKeys: 70 }),
    fc.constantFrom({}, { "": "" }, JSON.parse('{"__proto__":"x","a":1e308}'), { a: "\ud800" }),
  ),
  metadata: fc.dictionary(fc.string({ maxLength: 20 }), fc.oneof(text, number)),
  source: fc.constantFrom("api", "zabbix"),
  timestamp: fc.constantFrom("2026-11-23T10:00:00+02:00", "2026-11-23 10:00", "9999-12-31T23:59:59Z", null),
  dedup_key: fc.constantFrom("a", "b", "🔑".repeat(255), "#", "__proto__", null),
  action: fc.constantFrom("trigger", "acknowledge", "resolve"),
  team: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...teams, "payments") },
    { weight: 1, arbitrary: fc.constantFrom(...newTeams, null) },
  ),
  assigned_to: fc.constantFrom({ name: "Ada", email: "ada@example.com" }, null),
  description: fc.constantFrom("long", null),
  status: fc.constantFrom("open", "acknowledged", "resolved"),
  actor: fc.constantFrom("ada", null),
  note: fc.constantFrom("on it", null),
  author: fc.constantFrom("ada", null),
  content: fc.constantFrom("rolled back", "🚨".repeat(9_999)),
  incident_id: fc.oneof(fc.integer({ min: 1, max: incidents }).map(String), fc.constant("inc_none")),
  into: fc.oneof(fc.integer({ min: 1, max: incidents }), fc.constant("inc_none")),
  recipient: fc.constantFrom("ada@example.com", "+49 1", "+49 151 12345678", "#payments", ...emails),
  channel: fc.constantFrom("console", "email", "mock", "sms", "slack", "ntfy"),
  type: fc.constantFrom(...integrationTypeNames, "none"),
  settings: fc.constantFrom(
    {},
    undefined,
    { mapping: { message: "$.title" } },
    { mapping: { x: "$" } },
    { secret: "x" },
  ),
  scopes: fc.constantFrom(["read"], ["admin", "admin"], ["ingest", "write"], []),
  expires_at: fc.constantFrom(null, "9999-12-31T23:59:59Z", "2026-11-23T10:00:00+02:00"),
  name: fc.constantFrom("Ada", "🚨".repeat(255), "a\nb\u0000"),
  contact_methods: fc.constantFrom(
    [],
    [
      { id: "mail", channel: "email", address: "Ada@example.com" },
      { id: "🚨", channel: "slack", address: "https://hooks.slack.com/services/T/B/secret" },
    ],
    [{ id: "🚨", channel: "slack", address: "https://hooks.slack.com/…cret" }],
    Array.from({ length: 20 }, (_, index) => ({
      id: `${index}`,
      channel: "console",
      address: "🚨".repeat(2_048),
    })),
  ),
  notification_rules: fc.constantFrom(
    [],
    [],
    [
      { contact_method_id: "🚨", delay_seconds: 43_200 },
      { contact_method_id: "🚨", delay_seconds: 0 },
    ],
  ),
  channels: fc.constantFrom(
    [],
    [{ id: "hall", channel: "sms", address: "+49 151 12345678", events: ["resolved", "resolved"] }],
    [{ id: "chat", channel: "teams", address: "https://example.com/…cret" }],
  ),
  url: fc.constantFrom("https://example.com/hook", "https://example.com/hook#part", "ftp://example.com"),
  events: rarely(["triggered", "incident.resolved"]),
  enabled: fc.constantFrom(true, true, false),
  rotation_type: fc.constantFrom("daily", "weekly", "biweekly"),
  members: fc.constantFrom([{ name: "Ada", email: "ada@example.com", role: "primary" }]),
  timezone: fc.constantFrom("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata", "EST5EDT"),
  handoff_time: fc.constantFrom("09:00", "02:30", "00:00"),
  handoff_day: fc.constantFrom("monday", "sunday"),
  starts_on: fc.constantFrom("2016-03-27", "2026-02-30", "2026-11-23", "9999-12-31", "0001-01-01", null),
  auto_resolve_seconds: fc.constantFrom(1, 60, 2_592_000, null),
  layers: rarely([
    {
      name: "nights",
      role: "primary",
      rotation: { unit: "hour", length: 7, handoff_time: "02:30", starts_on: "2016-03-27" },
      members: [{ name: "Ada", email: "ada@example.com" }],
      restrictions: [
        { type: "weekly", start_day: "friday", start: "22:00", end_day: "monday", end: "06:00" },
      ],
    },
  ]),
  user_name: fc.constantFrom("Bob", "🚨"),
  user_email: fc.constantFrom("bob@example.com", "BOB@example.com "),
  role: fc.constantFrom("primary", "secondary"),
  replaces: fc.constantFrom("ada@example.com", null),
  reason: fc.constantFrom("holiday", null),
  duration_hours: fc.constantFrom(1, 168, 1.5),
  starts_at: rarely("2026-11-23T10:00:00Z"),
  ends_at: rarely("2099-11-23T10:00:00Z"),
  rules: fc.constantFrom(
    [{ targets: [{ type: "schedule", role: "primary" }], delay_seconds: 300 }],
    [],
    [
      {
        name: "a",
        matchers: [{ field: "source", op: "=~", value: "z.*" }],
        dedup_key: "{{labels.a}}",
        continue: true,
      },
      {
        name: "b",
        group: { by: ["severity"], window_seconds: 60 },
        flapping: { swings: 1, window_seconds: 60 },
      },
    ],
    [{ name: "c", inhibited_by: "critical", severity: "low", service: "ledger", team: "payments" }],
  ),
  repeat: fc.constantFrom(0, 20),
  matchers: fc.constantFrom(
    [{ field: "service", op: "=~", value: "elsewhere|nowhere" }],
    [
      { field: "labels.🚨", op: "!~", value: "(a+)+b" },
      { field: "service", op: "=", value: "elsewhere" },
    ],
    [{ field: "labels.a", op: "=~", value: "(" }],
  ),
  duration_seconds: fc.constantFrom(1, 3_600),
  comment: fc.constantFrom("why", "🚨".repeat(1_000)),
  created_by: fc.constantFrom("ada", null),
  recurring: fc.constantFrom(null, {
    timezone: "Europe/Berlin",
    windows: [{ type: "daily", start: "02:30", end: "02:00" }],
  }),
  interval_seconds: fc.constantFrom(1, 3_600),
  grace_seconds: fc.constantFrom(0, 3_600),
  version: fc.constantFrom(null, null, 0),
  from: fc.constantFrom("2026-03-01T00:00:00Z", "0001-01-01T00:00:00Z"),
  to: fc.constantFrom("2026-04-01T00:00:00Z", "0001-02-01T00:00:00Z"),
  at: fc.constantFrom("2026-11-23T10:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", undefined),
  acknowledge_after_seconds: fc.constantFrom(0, 600, undefined),
};

/** A field that excludes others: left out, as a rule. */
function rarely(value: unknown): fc.Arbitrary<unknown> {
  return fc.oneof(
    { weight: 9, arbitrary: fc.constant(undefined) },
    { weight: 1, arbitrary: fc.constant(value) },
  );
}

const field = (name: string): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 30, arbitrary: right[name] ?? text }, { weight: 1, arbitrary: json });

const someFields: fc.Arbitrary<unknown> = fc
  .record(Object.fromEntries(Object.keys(right).map((name) => [name, field(name)])), { requiredKeys: [] })
  .map((fields) => ({ ...fields }));
const mostFields: fc.Arbitrary<unknown> = fc.record(
  Object.fromEntries(Object.keys(right).map((name) => [name, field(name)])),
);
const aBody: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 5, arbitrary: mostFields },
  { weight: 3, arbitrary: someFields },
  { weight: 2, arbitrary: fc.array(fc.oneof(mostFields, json), { maxLength: 4 }) },
  { weight: 1, arbitrary: json },
);

/** The body's text: JSON, or what is almost that, or far too much of it. */
const bodyText: fc.Arbitrary<string> = fc.oneof(
  { weight: 30, arbitrary: aBody.map((body) => JSON.stringify(body) ?? "") },
  { weight: 4, arbitrary: aBody.map((body) => JSON.stringify({ body }).slice(0, -2)) },
  { weight: 2, arbitrary: text },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      "",
      "{",
      '{"a":1,"a":2}',
      "[".repeat(100_000),
      '{"a":'.repeat(50_000),
      `${"[".repeat(40)}1${"]".repeat(40)}`,
      '{"__proto__":{"service":"x","severity":"low","message":"m"}}',
      `{"service":"x","severity":"low","message":"m","labels":{"n":1e999}}`,
      JSON.stringify({ message: "x".repeat(600_000) }),
      JSON.stringify({ service: "x", severity: "low", message: "m", labels: manyBadLabels(30_000) }),
      JSON.stringify([
        { service: "x", severity: "low", message: "m" },
        { service: "x", severity: "low", message: "m", labels: manyBadLabels(30_000) },
      ]),
      JSON.stringify({ service: "x", severity: "low", message: "m", labels: heavyLabels() }),
    ),
  },
);

function manyBadLabels(count: number): Record<string, null> {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`label${index}`, null]));
}

/** As heavy as an alert may be, in characters that JSON writes six times as long. */
function heavyLabels(): Record<string, string> {
  return Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`l${index}`, "\u0000".repeat(2_000)]));
}

const header = fc.dictionary(
  fc.constantFrom(
    "host",
    "origin",
    "content-type",
    "idempotency-key",
    "x-request-id",
    "authorization",
    "x-api-key",
    "cookie",
    "if-none-match",
    "accept",
    "x-telegram-bot-api-secret-token",
  ),
  fc.oneof(
    fc.constantFrom(
      "localhost:8080",
      "evil.example.com",
      "null",
      "http://localhost:3000",
      "https://status.example.com",
      "text/plain",
      "application/json; charset=utf-16",
      "key-1",
      "key-2",
      "k".repeat(300),
      "Bearer x",
      telegramSecret,
      '{"a":"b"}',
      "a=b; c",
    ),
    fc.string({ unit: fc.integer({ min: 0x20, max: 0xff }).map((code) => String.fromCharCode(code)) }),
  ),
  { maxKeys: 2 },
);

const cursor = fc.oneof(
  fc.constantFrom("", "x", "e30", "WyJhIiwiYiJd", encodeCursor("[]", "a")),
  text.map((position) => encodeCursor(JSON.stringify(["/api/v1/incidents", {}, []]), position)),
  text.map((position) => encodeCursor(JSON.stringify(["/api/v1/alerts", {}, []]), position)),
);
const someQuery = fc.array(
  fc.oneof(
    fc.tuple(fc.constant("limit"), fc.constantFrom("0", "1", "200", "201", "-1", "1e2", "x", "", "٣")),
    fc.tuple(fc.constant("cursor"), cursor),
    fc.tuple(fc.constant("resource"), fc.constantFrom("key", "service/checkout", "service/")),
    fc.tuple(fc.constant("team"), fc.constantFrom("checkout", " CHECKOUT", ...teams.slice(0, 9))),
    fc
      .constantFrom("from", "to", "team")
      .chain((name) => fc.tuple(fc.constant(name), (right[name] ?? text).map(asText))),
    fc.tuple(
      fc.constantFrom("window", "at", "__proto__", "constructor", "q"),
      fc.oneof(text, fc.constantFrom("7d", "1h", "91d", "2026-11-23T10:00:00Z", "9999-12-31T23:59:59Z")),
    ),
    fc
      .constantFrom(...Object.keys(right))
      .chain((name) => fc.tuple(fc.constant(name), fc.oneof((right[name] ?? text).map(asText), text))),
  ),
  { maxLength: 3 },
);

/** Now and then, all that a span needs. */
const query: fc.Arbitrary<[string, string][]> = fc.oneof(
  { weight: 9, arbitrary: someQuery },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...teams).map((team): [string, string][] => [
      ["team", team],
      ["from", "2026-03-01T00:00:00Z"],
      ["to", "2026-04-01T00:00:00Z"],
    ]),
  },
);

function asText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

interface Attempt {
  /** Index of the endpoint among those that take a body, or among those that take none. */
  readonly endpoint: number;
  readonly takesBody: boolean;
  readonly segment: string;
  readonly useKnown: number;
  readonly slash: boolean;
  readonly query: [string, string][];
  readonly headers: Record<string, string>;
  readonly body: string | undefined;
  readonly base64: boolean;
  /** To the default route, with another method or another path. */
  readonly stray: { method: string; path: string } | undefined;
}

const parts = {
  endpoint: fc.nat(10_000),
  segment: text,
  useKnown: fc.nat(10_000),
  slash: fc.boolean(),
  query,
  headers: fc.oneof({ weight: 3, arbitrary: fc.constant({}) }, { weight: 1, arbitrary: header }),
  base64: fc.boolean(),
  stray: fc.oneof(
    { weight: 15, arbitrary: fc.constant(undefined) },
    {
      weight: 1,
      arbitrary: fc.record({
        method: fc.constantFrom("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"),
        path: fc.oneof(
          fc.constantFrom("/", "/api/v1/alerts", "/api/v1/incidents/1/", "/api/v1/none", "//", "/%2e%2e/%00"),
          text.map((path) => `/${encodeURIComponent(path.toWellFormed())}`),
        ),
      }),
    },
  ),
};
const attempt: fc.Arbitrary<Attempt> = fc.oneof(
  fc.record({
    ...parts,
    takesBody: fc.constant(true),
    body: fc.oneof({ weight: 12, arbitrary: bodyText }, { weight: 1, arbitrary: fc.constant(undefined) }),
  }),
  fc.record({ ...parts, takesBody: fc.constant(false), body: fc.constantFrom(undefined, undefined, "{}") }),
);

function requestOf(tried: Attempt, { name: endpoint, contract }: Endpoint): HttpRequest {
  const path = contract.path.replace(/\{(\w+)\}/g, (_, name: string) => {
    const ids = known[`${endpoint.split("/")[0]} ${name}`] ?? [];
    const segment =
      tried.useKnown % 11 > 3 ? (ids[tried.useKnown % ids.length] ?? tried.segment) : tried.segment;
    // An empty segment is another path: the gateway would not bring it here.
    return encodeURIComponent(segment.toWellFormed()) || "x";
  });
  return {
    method: contract.method,
    path: tried.slash ? `${path}/` : path,
    query: new URLSearchParams(tried.query).toString(),
    headers: tried.headers,
    base64: tried.base64,
    ...(tried.body !== undefined && { body: withKnownFields(contract, tried.body) }),
  };
}

/** The fields that each form of a contract's body knows; computed once, for there are thousands of requests. */
const formsOf = once((contract: Contract): readonly ReadonlySet<string>[] => {
  const schema = contract.bodyDocs ?? contract.body;
  if (!schema || contract.bodyType || contract.ingestion) return [];
  const { anyOf, ...whole } = z.toJSONSchema(schema, { io: "input", unrepresentable: "any" });
  return (anyOf ?? [whole]).map(
    (form) => new Set([whole, form].flatMap(({ properties }) => Object.keys(properties ?? {}))),
  );
});

/** Keeps of a body, mostly, the fields that one of its forms knows: strict configuration refuses any other. */
function withKnownFields(contract: Contract, body: string): string {
  const forms = formsOf(contract);
  const known = forms[body.length % forms.length];
  if (!known || body.length % 7 === 0) return body;
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return body;
    return JSON.stringify(Object.fromEntries(Object.entries(parsed).filter(([name]) => known.has(name))));
  } catch {
    return body;
  }
}

function once<K extends object, V>(compute: (key: K) => V): (key: K) => V {
  const computed = new Map<K, V>();
  return (key) => {
    const value = computed.get(key) ?? compute(key);
    computed.set(key, value);
    return value;
  };
}

function expectProblem(reply: HttpReply): void {
  expect(reply.headers["content-type"]).toBe("application/problem+json");
  const problem = reply.json();
  expect(problem).toEqual({
    type: expect.stringMatching(/^urn:incident-platform:problem:\w+$/),
    title: expect.stringMatching(/\w/),
    status: reply.status,
    code: expect.stringMatching(/^\w+$/),
    detail: expect.stringMatching(/\w/),
    ...(problem.code === "already_created" && { id: expect.stringMatching(/^\w+$/) }),
    ...("errors" in problem && { errors: expect.any(Array) }),
    request_id: reply.headers["x-request-id"],
  });
  if (reply.status === 422) {
    expect(problem.errors).not.toEqual([]);
    for (const fault of problem.errors as unknown[]) {
      expect(fault).toEqual({ path: expect.any(String), message: expect.stringMatching(/\w/) });
    }
  }
}

/** Checks that apply to every response. */
function expectSane(reply: HttpReply, { method }: HttpRequest, endpoint: Endpoint | undefined): void {
  expect(reply.status).toBeLessThan(500);
  if (reply.status >= 400) expect(reply.text.length).toBeLessThan(100_000);
  expect(reply.text).not.toMatch(/node_modules|\bat \S+ \(|file:\/\//);
  expect(reply.headers["x-request-id"]).toMatch(/^[\x21-\x7e]{1,128}$/);
  expect(reply.headers).toMatchObject({ "x-content-type-options": "nosniff" });
  // RFC 9110: a reply to HEAD has the headers of one to GET, and no body.
  if (method === "HEAD") expect(reply.text).toBe("");
  else if (endpoint?.contract.page) expect(reply.headers["content-type"]).toBe("text/html; charset=utf-8");
  else if (reply.status >= 400) expectProblem(reply);
  else if (endpoint?.contract.response && reply.status < 300) {
    expect(reply.status).toBe(endpoint.contract.status);
    const checked = endpoint.contract.response.safeParse(reply.json());
    expect(checked.success ? [] : checked.error.issues).toEqual([]);
  }
}

describe("whatever is sent", () => {
  const statuses = new Map<number, number>();

  test(`${requests} requests to all endpoints get responses of the contract`, {
    timeout: 900_000,
  }, async () => {
    const answered = new Map<string, Set<number>>();
    const turn = async (tried: Attempt): Promise<void> => {
      const candidates = endpoints.filter(
        ({ contract }) => (contract.body !== undefined) === tried.takesBody,
      );
      // Alerts are asked for more often than anything else, here as in use.
      if (tried.takesBody)
        candidates.push(...Array<Endpoint>(3).fill(endpointNamed("alerts/receive-alerts")));
      const endpoint = candidates[tried.endpoint % candidates.length];
      if (!endpoint) throw new Error("There are no endpoints");
      const { stray } = tried;
      const request = stray ? { ...requestOf(tried, endpoint), ...stray } : requestOf(tried, endpoint);
      const reply = await call(stray ? fallback : endpoint.handler, request);
      try {
        expectSane(reply, request, stray ? undefined : endpoint);
      } catch (error) {
        const { body, ...rest } = request;
        const shortened = { ...rest, body: String(body).slice(0, 1_000) };
        throw new Error(
          `${endpoint.name}: ${JSON.stringify(shortened)}\n${reply.status} ${reply.text.slice(0, 500)}`,
          {
            cause: error,
          },
        );
      }
      statuses.set(reply.status, (statuses.get(reply.status) ?? 0) + 1);
      if (!stray) {
        answered.set(endpoint.name, (answered.get(endpoint.name) ?? new Set()).add(reply.status));
      }
    };
    await fc.assert(
      fc.asyncProperty(fc.array(attempt, { minLength: atOnce, maxLength: atOnce }), async (attempts) => {
        await Promise.all(attempts.map(turn));
      }),
      { numRuns: requests / atOnce },
    );
    // A fuzz that is rejected at the gateway tries nothing: each endpoint has said yes, and each kind of no was heard.
    const refusing: string[] = [];
    for (const { name, contract } of endpoints) {
      if (!contract.response || answered.get(name)?.has(contract.status)) continue;
      const replies = await answersToExamples(name, contract);
      if (!replies.includes(contract.status))
        refusing.push(`${name}: ${new Set(replies).values().toArray()}`);
    }
    expect(refusing).toEqual([]);
    for (const status of [400, 403, 404, 405, 409, 413, 422]) {
      expect(statuses.get(status) ?? 0, `replies of ${status}`).toBeGreaterThan(0);
    }
  });

  test("every alert that was accepted can be correlated", { timeout: 300_000 }, async () => {
    expect(await correlateAll()).toBeGreaterThan(requests / 200);
  });
});

/** Returns what an endpoint that chance asked nothing right says to valid bodies, for all that is known. */
async function answersToExamples(name: string, contract: Contract): Promise<number[]> {
  const pressed = contract.path === "/mattermost/actions" ? [{ user_id: "u1", context: {} }] : [undefined];
  const bodies = bodyExamples[`${contract.method} ${contract.path}`] ?? pressed;
  const ids = Object.entries(known).filter(([key]) => key.startsWith(`${name.split("/")[0]} `));
  const span = { team: "", from: "2026-03-01T00:00:00Z", to: "2026-04-01T00:00:00Z" };
  const asked = Object.entries(span).filter(([param]) => contract.query && param in contract.query.shape);
  const subscriptions = known["access subscription"] ?? [];
  const statuses: number[] = [];
  if (contract.path.includes("/contact-methods/")) await putUsers();
  for (const index of Array.from({ length: 100 }).keys()) {
    const id = subscriptions[index % subscriptions.length] ?? "";
    const isById = contract.query && "id" in contract.query.shape;
    // Schedules of some teams were deleted.
    const team = asked.some(([param]) => param === "team") && { team: teams[index] ?? "" };
    const query = new URLSearchParams({
      ...Object.fromEntries(asked),
      ...team,
      ...(isById && { id }),
    }).toString();
    const path = contract.path.replace(/\{(\w+)\}/g, (_, param: string) => {
      const values = ids.find(([key]) => key.endsWith(` ${param}`))?.[1] ?? ["x"];
      return encodeURIComponent(values[index % values.length] ?? "x");
    });
    for (const example of bodies) {
      const body = example && {
        ...example,
        ...("team" in example && { team: index % 2 === 0 ? teams[index] : `last-${index}` }),
        ...("incident_id" in example && { incident_id: known["incidents id"]?.[index] }),
        ...("into" in example && { into: await openIncident() }),
        ...("context" in example && { context: { token: signedAction() } }),
      };
      const { status } = await call(endpointNamed(name).handler, {
        method: contract.method,
        path,
        query,
        body,
        headers: { "x-telegram-bot-api-secret-token": telegramSecret },
      });
      statuses.push(status);
      if (status === contract.status) return statuses;
    }
  }
  return statuses;
}

/** Creates all users, or those again that were deleted since. */
async function putUsers(): Promise<void> {
  const contact_methods = [{ id: contactMethod, channel: "email", address: "ada@example.com" }];
  await Promise.all(
    emails.map((email) =>
      call(endpointNamed("access/put-user").handler, {
        method: "PUT",
        path: `/api/v1/users/${email}`,
        body: { name: "Ada", contact_methods, notification_rules: [] },
      }),
    ),
  );
}

/** Returns the token of a button in Mattermost. */
function signedAction(): string {
  return signAction(`acknowledge ${known["incidents id"]?.[0]}`, signingSecret, Date.now());
}

/** Opens an incident that nothing has changed. @returns its ID */
async function openIncident(): Promise<unknown> {
  const incident = { title: "down", service: "checkout", severity: "high" };
  const { handler } = endpointNamed("incidents/create-incident");
  const reply = await call(handler, { method: "POST", path: "/api/v1/incidents", body: incident });
  return reply.json<{ id: unknown }>().id;
}

/** Hands everything in the alert queue to its consumer, which fails none of it. @returns how many there were */
async function correlateAll(): Promise<number> {
  const correlate = await handlerOf<(event: SQSEvent) => Promise<SQSBatchResponse>>(
    "alerts/correlate-alerts.queue",
  );
  const { ALERTS_QUEUE_URL: QueueUrl = "" } = emulators.env;
  for (let handled = 0; ; ) {
    const { Messages = [] } = await emulators.sqs.send(
      new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, MessageSystemAttributeNames: ["All"] }),
    );
    if (Messages.length === 0) return handled;
    const Records = Messages.map((message) => toRecord(message, { arn: "arn", region: REGION }));
    const { batchItemFailures } = await correlate({ Records });
    const failed = new Set(batchItemFailures.map(({ itemIdentifier }) => itemIdentifier));
    expect(Records.filter(({ messageId }) => failed.has(messageId)).map(({ body }) => body)).toEqual([]);
    const Entries = Messages.map(({ ReceiptHandle }, index) => ({ Id: `${index}`, ReceiptHandle }));
    await emulators.sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
    handled += Records.length;
  }
}
