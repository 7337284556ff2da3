import { CreateTableCommand } from "@aws-sdk/client-dynamodb";
import { CreateQueueCommand, SendMessageCommand } from "@aws-sdk/client-sqs";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { afterAll, beforeAll, expect, test } from "vitest";
import { tableInputs } from "../../infra/stack/cloudformation.ts";
import { readResources } from "../../infra/stack/template.ts";
import type { ExporterDeps } from "../../monitoring/exporter/exporter.ts";
import { dynamoTable } from "../../shared/storage/dynamo-table.ts";
import { incidentStore } from "../../shared/storage/incidents/incident-store.ts";
import { anIncident, seconds, unique } from "../support/builders.ts";
import { anExporter } from "../support/monitoring/exporter.ts";
import { startEmulators, type TestEmulators } from "../support/platform/platform.ts";

let emulators: TestEmulators;
beforeAll(async () => {
  emulators = await startEmulators();
});
afterAll(() => emulators.stop());

/** On the emulators, with the time in its hands. */
function onEmulators({ tableName, ...deps }: Partial<ExporterDeps> & { tableName?: string } = {}) {
  const { dynamodb, sqs, env } = emulators;
  let now = Date.now();
  const clock = () => now;
  const client = DynamoDBDocumentClient.from(dynamodb, { marshallOptions: { removeUndefinedValues: true } });
  const table = dynamoTable(client, tableName ?? env.TABLE_NAME ?? "", clock);
  const queue = (name: string) => env[`${name}_QUEUE_URL`] ?? "";
  const make = () =>
    anExporter({
      table,
      clock,
      sqs,
      longPollingSqs: sqs,
      queues: {
        alerts: queue("ALERTS"),
        "incident-events": queue("INCIDENT_EVENTS"),
        notifications: queue("NOTIFICATIONS"),
        "incident-timers": queue("INCIDENT_TIMERS"),
        telemetry: queue("TELEMETRY"),
      },
      ...deps,
    });
  return {
    table,
    now: clock,
    make,
    pass(ms: number) {
      now += ms;
    },
  };
}

test("a missing table is reported, and read once it exists", async () => {
  const tableName = unique("table-");
  const { make, pass } = onEmulators({ tableName });
  const exporter = make();
  expect((await exporter.scrape()).get("exporter_up")).toBe(0);
  expect(exporter.health().sources).toMatchObject({
    incidents: { status: "failing", reason: expect.stringMatching(/table|resource/i) },
    queues: { status: "ok" },
    services: { status: "ok" },
  });
  const [input] = tableInputs(readResources(".", "local"));
  await emulators.dynamodb.send(new CreateTableCommand({ ...input?.create, TableName: tableName }));
  pass(seconds(3));
  const series = await exporter.scrape();
  expect(series.get("exporter_up")).toBe(1);
  expect(series.get('incidents_total{status="open"}')).toBe(0);
});

test("a missing queue is reported, and read once it exists", async () => {
  const { env, sqs } = emulators;
  const QueueName = unique("telemetry-");
  const telemetry = (env.TELEMETRY_QUEUE_URL ?? "").replace(/[^/]+$/, QueueName);
  const { make, pass } = onEmulators({ queues: { alerts: env.ALERTS_QUEUE_URL ?? "", telemetry } });
  const exporter = make();
  await expect.poll(() => exporter.health().sources.telemetry.status).toBe("failing");
  expect(Object.fromEntries(await exporter.scrape())).toMatchObject({
    exporter_up: 0,
    'queue_depth{queue="alerts"}': 0,
    'queue_depth{queue="alerts-dlq"}': 0,
  });
  expect(exporter.health().sources.queues.reason).toMatch(/^no response for telemetry: /);

  await sqs.send(new CreateQueueCommand({ QueueName }));
  const counts = [{ name: "alerts_received_total", labels: { severity: "high" }, by: 3 }];
  const MessageBody = JSON.stringify({ version: 1, at: Date.now(), counts, observations: [] });
  await sqs.send(new SendMessageCommand({ QueueUrl: telemetry, MessageBody }));
  await expect.poll(() => exporter.health().sources.telemetry.status).toBe("ok");
  pass(seconds(3));
  expect(Object.fromEntries(await exporter.scrape())).toMatchObject({
    exporter_up: 1,
    'alerts_received_total{severity="high"}': 3,
    'queue_depth{queue="telemetry"}': 0,
  });
});

test("a dead letter is in the depth of its queue's dead letters, and waits", async () => {
  const { sqs, lookup } = emulators;
  const { make, pass } = onEmulators();
  const exporter = make();
  await sqs.send(
    new SendMessageCommand({ QueueUrl: lookup.ref("IncidentTimersDeadLetterQueue"), MessageBody: "dead" }),
  );
  const [depth, age] = ["depth", "oldest_age_seconds"].map(
    (name) => `queue_${name}{queue="incident-timers-dlq"}`,
  );
  expect(Object.fromEntries(await exporter.scrape("exporter"))).toMatchObject({
    [depth ?? ""]: 1,
    [age ?? ""]: 0,
  });
  pass(seconds(60));
  expect((await exporter.scrape("exporter")).get(age ?? "")).toBe(60);
});

test("counting continues after a stop and after a crash", async () => {
  const { table, make, pass, now } = onEmulators();
  const incidents = incidentStore(table);
  const open = (number: number) => incidents.create(anIncident({ number, createdAt: now() }), null);
  const counted = async (exporter: ReturnType<typeof make>) => {
    pass(seconds(3));
    const series = await exporter.scrape("incidents");
    return ["open", "resolved"].map((status) => series.get(`incidents_total{status="${status}"}`));
  };
  const first = make();
  expect(await counted(first)).toEqual([0, 0]);
  const incident = await open(1);
  expect(await counted(first)).toEqual([1, 0]);
  await first.close();

  const second = make();
  expect(await counted(second)).toEqual([1, 0]);
  await open(2);
  const at = now();
  await incidents.save({ ...incident, status: "resolved", acknowledgedAt: at, resolvedAt: at });
  expect(await counted(second)).toEqual([2, 1]);
  // Nothing was put down within the last ten seconds.
  expect(await counted(make())).toEqual([2, 1]);
});
