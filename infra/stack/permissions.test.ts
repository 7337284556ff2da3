/**
 * Checks the rows of permissions.ts: drives every function over an in-memory table and queues, records its calls, and
 * compares them with its row.
 */
import { resolve } from "node:path";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";
import { beforeAll, expect, test, vi } from "vitest";
import { fillPath } from "../../shared/contracts/path-template.ts";
import { signLink } from "../../shared/http/links.ts";
import { pageRoutes } from "../../shared/web/site/routes.ts";
import { monday, sqsRecord, unique } from "../../tests/support/builders.ts";
import { bodyExamples } from "../../tests/support/functions/body-examples.ts";
import { call, type HttpReply, handlerOf } from "../../tests/support/functions/lambda.ts";
import { aBrowser, siteEnvironment, siteSecret } from "../../tests/support/functions/site.ts";
import { recorder } from "../../tests/support/recorded-clients.ts";
import { camelCase, findContracts } from "../build/contracts.ts";
import { functionFiles } from "../build/function-files.ts";
import { type Permissions, permissions } from "./permissions.ts";

const root = resolve(import.meta.dirname, "../..");

/** Queues by environment variable. The name is the last part of the URL. */
const queues = {
  ALERTS: "Alerts",
  INCIDENT_EVENTS: "IncidentEvents",
  INCIDENT_TIMERS: "IncidentTimers",
  NOTIFICATIONS: "Notifications",
  TELEMETRY: "Telemetry",
} as const;
const urlOf = (queue: string) => `http://localhost/${queue}`;

const recorded = vi.hoisted(() => ({ clients: undefined as unknown as ReturnType<typeof recorder> }));
vi.mock("../../shared/runtime/table.ts", () => ({ table: () => recorded.clients.table }));
vi.mock("../../shared/runtime/system.ts", async (original) => ({
  ...(await original<typeof import("../../shared/runtime/system.ts")>()),
  sqs: () => recorded.clients.sqs,
}));
recorded.clients = recorder(
  () => Date.now(),
  (url) => new URL(url).pathname.slice(1).replace("-dlq", "DeadLetter"),
);

const files = functionFiles(root);
const contracts = new Map((await findContracts(root)).map(({ contract, name }) => [name, contract]));

/** Calls a function, which must succeed. */
async function drive(
  name: string,
  { params = {}, query = "", body }: { params?: Record<string, string>; query?: string; body?: unknown } = {},
): Promise<HttpReply> {
  const contract = contracts.get(name);
  if (!contract) throw new Error(`No contract ${name}`);
  const { folder } = files.find((file) => file.name === name) ?? {};
  const handler = await handlerOf(`${folder}/${name}`);
  const path = fillPath(contract.path, params);
  const given = body ?? bodyExamples[`${contract.method} ${contract.path}`]?.[0];
  const headers = contract.idempotent ? { "idempotency-key": unique(name) } : {};
  recorded.clients.become(camelCase(name));
  const reply = await call(handler, {
    method: contract.method,
    path,
    query,
    ...(given ? { body: given } : {}),
    headers,
  });
  expect(reply.status, `${name}: ${reply.text}`).toBeLessThan(400);
  return reply;
}

/** Requests a missing item from a function. */
async function driveUnknown(name: string, params: Record<string, string>): Promise<void> {
  await expect(drive(name, { params })).rejects.toThrow(`${name}: `);
}

/** Calls a function and returns the body of its response. */
const made = async (name: string, request: Parameters<typeof drive>[1] = {}) =>
  (await drive(name, request)).json<Record<string, string>>();

const consumers = {
  Alerts: "alerts/correlate-alerts.queue",
  IncidentEvents: "incidents/on-incident-event.queue",
  IncidentTimers: "incidents/fire-timer.queue",
  Notifications: "notifications/deliver-notification.queue",
};

/** Processes all messages until the queues are empty. */
async function pump(): Promise<void> {
  for (let handled = true; handled; ) {
    handled = false;
    for (const [queue, file] of Object.entries(consumers)) {
      const waiting = recorded.clients.queues.queue(urlOf(queue));
      const Records = waiting.receive(10);
      if (Records.length === 0) continue;
      handled = true;
      await consume(file, { Records });
      waiting.remove(Records);
    }
  }
}

async function consume(file: string, event: SQSEvent): Promise<SQSBatchResponse> {
  const handler = await handlerOf<(event: SQSEvent) => Promise<SQSBatchResponse>>(file);
  recorded.clients.become(camelCase(file.replace(/.*\//, "").replace(".queue", "")));
  return handler(event);
}

/** Runs every scheduled function. */
async function sweep(): Promise<void> {
  for (const { folder, name, kind } of files) {
    if (kind !== "schedule") continue;
    const handler = await handlerOf<() => Promise<void>>(`${folder}/${name}.schedule`);
    recorded.clients.become(camelCase(name));
    await handler();
  }
}

function wait(seconds: number): void {
  vi.setSystemTime(Date.now() + seconds * 1_000);
}

beforeAll(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: monday });
  for (const [variable, queue] of Object.entries(queues)) {
    process.env[`${variable}_QUEUE_URL`] = urlOf(queue);
    process.env[`${variable}_DEAD_LETTER_QUEUE_URL`] = urlOf(`${queue}-dlq`);
  }
  Object.assign(process.env, await siteEnvironment(), { TABLE_NAME: "table", STAGE: "local" });
}, 60_000);

const team = "payments";
const email = "ada@example.com";

/** Lets each function succeed at least once, in an order in which its prerequisites exist. */
async function driveAll(): Promise<void> {
  // people and on-call
  await drive("put-user", { params: { email } });
  await drive("put-user", { params: { email } });
  await drive("get-user", { params: { email } });
  await drive("list-users");
  const schedule = await made("create-schedule");
  await drive("get-schedule", { params: { team } });
  await drive("list-schedules");
  await drive("update-schedule", { params: { team } });
  await drive("replace-schedule", { params: { team } });
  await drive("preview-schedule");
  await drive("rotate-calendar-token", { params: { team } });
  const { calendar_url: calendar = "" } = await made("get-schedule", { params: { team } });
  await drive("get-calendar", {
    params: { team },
    query: new URL(calendar || `${schedule.calendar_url}`).search.slice(1),
  });
  const override = await made("create-override");
  await drive("list-overrides", { query: `team=${team}` });
  await drive("get-current-on-call", { query: `team=${team}` });
  const span = "from=2026-11-23T00:00:00Z&to=2026-12-23T00:00:00Z";
  await drive("list-shifts", { query: `team=${team}&${span}` });
  await drive("get-coverage", { params: { team }, query: span });
  await drive("list-handoffs", { params: { team }, query: span });
  const [policy] = bodyExamples["PUT /api/v1/teams/{team}/escalation-policy"] ?? [];
  await drive("end-override", { params: { id: override.id ?? "" } });
  await drive("create-override");
  await drive("put-policy", { params: { team }, body: { ...policy, repeat: 3 } });
  await drive("get-policy", { params: { team } });
  await drive("put-service", {
    params: { service: "checkout" },
    body: { team, auto_resolve_seconds: 3_600 },
  });
  await drive("list-services");
  await drive("list-teams");
  await drive("put-team-channels", { params: { team } });
  await drive("get-team-channels", { params: { team } });

  // alerts: rules, silences, heartbeats
  await drive("put-routing-rules");
  await drive("get-routing-rules");
  await drive("simulate");
  const silence = await made("create-silence");
  await drive("list-silences");
  await drive("get-silence", { params: { id: silence.id ?? "" } });
  await drive("end-silence", { params: { id: silence.id ?? "" } });
  await driveUnknown("get-silence", { id: "sil_unknown" });
  await driveUnknown("end-silence", { id: "sil_unknown" });
  await driveUnknown("end-override", { id: "ovr_unknown" });
  const heartbeat = await made("create-heartbeat");
  const id = heartbeat.id ?? "";
  await drive("list-heartbeats");
  await drive("get-heartbeat", { params: { id } });
  await drive("update-heartbeat", { params: { id } });
  await drive("receive-beat", { params: { key: heartbeat.key ?? "" } });
  wait(600);
  await sweep();
  await pump();
  await drive("receive-beat-by-get", { params: { key: heartbeat.key ?? "" } });
  wait(600);
  await sweep();
  await pump();
  await drive("receive-beat", { params: { key: heartbeat.key ?? "" } });
  wait(600);
  await sweep();
  await drive("delete-heartbeat", { params: { id } });

  // webhooks, which are notified of the following events
  const webhook = await made("create-webhook", { params: { team } });
  const hook = { team, webhook: webhook.id ?? "" };
  await drive("list-webhooks", { params: { team } });
  await drive("get-webhook", { params: hook });
  await drive("update-webhook", { params: hook });
  await drive("rotate-webhook-secret", { params: hook });
  const ping = await made("test-webhook", { params: hook });
  await drive("list-deliveries", { params: hook });
  await drive("get-delivery", { params: { ...hook, delivery: ping.id ?? "" } });
  await pump();

  // from an alert to its end
  const alert = { service: "checkout", severity: "high", message: "down", dedup_key: "one" };
  const accepted = await made("receive-alerts", { body: alert });
  await drive("receive-alerts", { body: { ...alert, dedup_key: "two", labels: { env: "test" } } });
  await pump();
  await drive("get-alert", { params: { alert_id: accepted.alert_id ?? "" } });
  await drive("list-alerts");
  const { incidents = [] } = (await drive("list-incidents")).json<{ incidents: { id: string }[] }>();
  const incident = { id: incidents[0]?.id ?? "" };
  for (const filter of ["status=open", "severity=high", "service=checkout", `team=${team}`])
    await drive("list-incidents", { query: filter });
  await drive("list-alerts", { query: `incident_id=${incident.id}` });
  wait(301);
  await pump();
  await sweep();
  await pump();
  await drive("update-incident", { params: incident });
  await drive("add-note", { params: incident });
  await drive("escalate", { body: { team, incident_id: incident.id } });
  await pump();
  for (const filter of ["", `team=${team}`, `incident_id=${incident.id}`])
    await drive("list-escalations", { query: filter });
  await drive("acknowledge-incident", { params: incident });
  await drive("get-incident", { params: incident });
  await drive("get-timeline", { params: incident });
  await drive("get-incident-metrics", { params: incident });
  const notified = await made("create-notification", {
    body: { incident_id: incident.id, recipient: email, message: "down" },
  });
  await pump();
  await drive("get-notification", { params: { id: notified.id ?? "" } });
  await drive("get-proof", { params: { id: notified.id ?? "" } });
  for (const filter of [
    "",
    `incident_id=${incident.id}`,
    "status=sent",
    `recipient=${email}`,
    "channel=console",
  ])
    await drive("list-notifications", { query: filter });
  await drive("resolve-incident", { params: incident });
  await pump();
  await drive("receive-alerts", { body: { ...alert, action: "resolve", dedup_key: "two" } });
  await pump();
  await drive("create-incident");
  await pump();
  await drive("get-incident-stats");
  const { deliveries = [] } = (await drive("list-deliveries", { params: hook })).json<{
    deliveries: { id: string }[];
  }>();
  await drive("replay-delivery", { params: { ...hook, delivery: deliveries[0]?.id ?? "" } });
  await drive("delete-webhook", { params: hook });

  // messages that no consumer understands, and events that don't reach their queue
  for (const [queue, file] of Object.entries(consumers)) {
    const body = "no JSON";
    await consume(file, { Records: [sqsRecord(body, { messageId: `${queue} 1`, receiveCount: 1 })] });
  }
  recorded.clients.queues.refuse(() => true);
  recorded.clients.become("createIncident");
  await call(await handlerOf("incidents/create-incident"), {
    method: "POST",
    path: "/api/v1/incidents",
    body: bodyExamples["POST /api/v1/incidents"]?.[0],
  });
  recorded.clients.queues.refuse(() => false);
  wait(600);
  await sweep();
  await pump();

  // integrations
  const integration = await made("create-integration");
  await drive("list-integrations");
  await drive("get-integration", { params: { id: integration.id ?? "" } });
  const rotated = await made("rotate-integration", { params: { id: integration.id ?? "" } });
  await receive("POST", `/integrations/${rotated.key}`, { title: "disk full" });
  await receive("POST", `/integrations/${rotated.key}`, "[");
  await pump();
  await drive("get-integration", { params: { id: integration.id ?? "" } });
  await drive("delete-integration", { params: { id: integration.id ?? "" } });

  // keys, and who changed what
  const key = await made("create-api-key");
  await drive("list-api-keys");
  await drive("get-api-key", { params: { id: key.id ?? "" } });
  await drive("rotate-api-key", { params: { id: key.id ?? "" } });
  await drive("revoke-api-key", { params: { id: key.id ?? "" } });
  for (const filter of ["", "resource=service", "actor=local", "resource=service&actor=local"])
    await drive("list-audit", { query: filter });

  // links and pages
  for (const action of ["view", "acknowledge"] as const) {
    const token = signLink({ action, actor: email, incidentId: incident.id }, siteSecret, Date.now());
    await drive("show-link", { params: { token } });
  }
  await drive("receive-alerts", { body: { ...alert, dedup_key: "three" } });
  await drive("receive-alerts", { body: { ...alert, dedup_key: "four" } });
  await pump();
  wait(1_000);
  await sweep();
  await pump();
  wait(4_000);
  await pump();
  await drive("receive-alerts", { body: { ...alert, dedup_key: "five" } });
  await pump();
  wait(8_000);
  await sweep();
  await pump();
  const open = await made("create-incident");
  const token = signLink(
    { action: "acknowledge", actor: email, incidentId: open.id ?? "" },
    siteSecret,
    Date.now(),
  );
  await drive("follow-link", { params: { token } });
  await drive("get-health");
  await drive("get-service-health", { params: { service: "alerts" } });
  await browse({
    id: open.id ?? "",
    team,
    email,
    notification: notified.id ?? "",
    alert: accepted.alert_id ?? "",
  });

  // deletions
  await drive("create-override");
  await drive("end-overrides", { params: { team } });
  await drive("delete-schedule", { params: { team } });
  await drive("delete-user", { params: { email } });
  wait(86_400);
  await sweep();
  await pump();
}

async function receive(method: string, path: string, body: unknown): Promise<void> {
  recorded.clients.become("receiveEvent");
  await call(await handlerOf("integrations/receive-event"), { method, path, body });
}

async function browse(known: Record<string, string>): Promise<void> {
  const browser = aBrowser();
  const show = async (target: string) => {
    recorded.clients.become("showPage");
    const { status, text } = await browser.get(target);
    expect(status, `${target}: ${text}`).toBeLessThan(400);
  };
  const act = async (path: string, fields: Record<string, string>) => {
    recorded.clients.become("act");
    const { status, text } = await browser.send(path, fields);
    expect(status, `${path}: ${text}`).toBeLessThan(400);
  };
  for (const [name, path] of Object.entries(pageRoutes)) {
    const id = name === "alert" || name === "notification" ? known[name] : known.id;
    if (name !== "sign-in") await show(fillPath(path, { ...known, id: id ?? "" }));
  }
  for (const filter of ["status=open", "severity=high", "service=checkout", `team=${team}`])
    await show(`/incidents?${filter}`);
  await show(`/incidents/${known.id}`);
  await show(`/incidents/${known.id}`);
  await act("/name", { name: "ada", back: "/" });
  await act(`/incidents/${known.id}/notes`, { content: "on it", back: "/" });
  await act(`/incidents/${known.id}/assign`, { person: "Ada <ada@example.com>", back: "/" });
  await act(`/incidents/${known.id}/escalate`, { team, back: "/" });
  await act("/incidents/answer", { incidents: known.id ?? "", answer: "resolve", back: "/" });
  await show(`/on-call/${team}`);
  const here = { back: `/on-call/${team}` };
  const { id: override } = await made("create-override");
  await act(`/on-call/${team}/overrides/${override}/end`, here);
  await act(`/on-call/${team}/calendar-address`, here);
  await act("/settings", { service: "billing", team, auto_resolve: "1 h" });
  await act("/settings/users", { email: "zoe@example.com", name: "Zoe", timezone: "UTC" });
  const user = "/settings/users/zoe@example.com";
  await act(user, { back: user, change: "add", channel: "console", address: "here" });
  await act(user, { back: user, change: "test", method: "console" });
  await act(user, { back: user, change: "delete" });
  const channels = `/settings/channels?team=${team}`;
  await act("/settings/channels", {
    back: channels,
    team,
    change: "add",
    channel: "slack",
    address: "#pay",
    events: "triggered",
  });
  await act("/settings/integrations", {
    change: "create",
    name: "mine",
    type: "sns",
    service: "checkout",
    team: "",
  });
  await act("/settings/keys", { change: "create", name: "mine", scopes: "read", days: "30" });
}

test("every function has a row that grants what it calls, and nothing else", async () => {
  await driveAll();
  const { used } = recorded.clients;
  const found = Object.entries(permissions).flatMap(([name, row]) => {
    const granted = actionsOf(row);
    const does = used.get(name) ?? new Set<string>();
    return [
      ...[...does]
        .filter((action) => !granted.has(action) && !isAlwaysGranted(action, row))
        .map((action) => `${name} calls, but is not granted: ${action}`),
      ...[...granted]
        .filter((action) => !does.has(action) && !exceptions[name]?.[action])
        .map((action) => `${name} is granted, but never calls: ${action}`),
    ];
  });
  expect(found).toEqual([]);
  const outdated = Object.entries(exceptions).flatMap(([name, actions]) =>
    Object.keys(actions)
      .filter((action) => used.get(name)?.has(action) || !actionsOf(permissions[name] ?? {}).has(action))
      .map((action) => `${name}: ${action}`),
  );
  expect(outdated).toEqual([]);
}, 120_000);

/** Returns the actions that a row grants, as the recorder names them. */
function actionsOf({
  table = [],
  indexes = [],
  sends = [],
  redrives,
  probes = [],
}: Permissions): Set<string> {
  return new Set([
    ...table.map((verb) => `table ${verb}`),
    ...indexes.map((index) => `indexes ${index}`),
    ...sends.map((queue) => `sends ${queue}`),
    ...(redrives ? [`redrives ${redrives}`] : []),
    ...probes.map((queue) => `probes ${queue}`),
  ]);
}

/** Every function may send telemetry. A consumer may hold back messages of its own queue. */
function isAlwaysGranted(action: string, { consumes, redrives }: Permissions): boolean {
  return action === "sends Telemetry" || action === `holds ${consumes}` || action === `holds ${redrives}`;
}

/** Reasons for granted actions that this test does not reach: another response of a provider, a race, an outage. */
const unreached = {
  shared: "the other functions that change heartbeats accept an alert, and share what they are wired with",
  gaps: "only while the platform itself was down, so that silence proves nothing",
  race: "only if two writers meet, or a message comes twice",
  outage: "only after an outage, when messages were given up or wait in the dead-letter queue",
  foreign: "only for requests of some types of integration: tests/integration/integration-types.test.ts",
  signed: "only for requests that Slack signed: tests/e2e/notifications.test.ts",
  time: "only near a handoff, or while a schedule or an override of the team changes",
  forms: "only for some forms of the UI: tests/integration/site*.test.ts",
} as const;
type Reason = (typeof unreached)[keyof typeof unreached];

/** Granted actions that this test does not reach, with the reason. */
const exceptions: Readonly<Record<string, Readonly<Record<string, Reason>>>> = {
  correlateAlerts: {
    "table remove": unreached.outage,
    "indexes gsi2": unreached.race,
    "sends AlertsDeadLetter": unreached.outage,
  },
  createHeartbeat: { "sends Alerts": unreached.shared },
  updateHeartbeat: { "sends Alerts": unreached.shared },
  deleteHeartbeat: { "sends Alerts": unreached.shared },
  receiveBeat: { "table getAll": unreached.gaps, "sends Alerts": unreached.shared },
  sweepAlerts: { "indexes gsi2": unreached.race },
  addNote: { "table putAll": unreached.shared },
  onIncidentEvent: {
    "table putAll": unreached.race,
    "table increment": unreached.outage,
    "sends IncidentEventsDeadLetter": unreached.outage,
  },
  fireTimer: { "table increment": unreached.outage, "sends IncidentTimersDeadLetter": unreached.outage },
  sweepTimers: { "sends IncidentTimers": unreached.outage },
  createSchedule: { "table query": unreached.race },
  createOverride: { "indexes gsi2": unreached.time },
  endOverrides: { "indexes gsi2": unreached.time },
  simulate: { "indexes gsi2": unreached.time },
  sendHandoffNotices: {
    "table query": unreached.time,
    "table getAll": unreached.time,
    "table put": unreached.time,
    "indexes gsi3": unreached.time,
    "sends Notifications": unreached.time,
  },
  deliverNotification: {
    "sends Notifications": unreached.outage,
    "sends NotificationsDeadLetter": unreached.outage,
  },
  redriveNotifications: { "table get": unreached.outage, "sends Notifications": unreached.outage },
  receiveSlackAction: {
    "table get": unreached.signed,
    "table put": unreached.signed,
    "table putAll": unreached.signed,
    "sends IncidentEvents": unreached.signed,
  },
  receiveEvent: {
    "table getAll": unreached.foreign,
    "table putAll": unreached.foreign,
    "table remove": unreached.foreign,
    "table query": unreached.foreign,
    "indexes gsi1": unreached.foreign,
    "indexes gsi2": unreached.foreign,
    "indexes gsi3": unreached.foreign,
  },
  listAudit: { "indexes gsi2": unreached.forms },
  act: {
    "indexes gsi2": unreached.forms,
    "indexes gsi3": unreached.forms,
    "indexes gsi4": unreached.forms,
    "indexes gsi5": unreached.forms,
    "probes Alerts": unreached.forms,
  },
};
