/** What the operations cost on AWS: the functions themselves, in this process, on metered clients. */
import type { Message } from "@aws-sdk/client-sqs";
import { incidentStore } from "../../shared/storage/incident-store.ts";
import type { Item } from "../../shared/storage/table.ts";
import { anIncident } from "../support/builders.ts";
import { memoryTable } from "../support/memory-table.ts";
import { startEmulators } from "../support/platform.ts";
import { deliver, request, takeAll } from "./lambda-events.ts";
import { type Cost, installMeter, metered } from "./meter.ts";
import { type Row, rounded } from "./report.ts";

const section = "DynamoDB units and requests of the functions";
const alert = { service: "bench", severity: "high", message: "Latency above 500 ms", dedup_key: "bench" };
const batch = 10;

export async function measureCosts(options: { readonly incidents: number }): Promise<Row[]> {
  const emulators = await startEmulators();
  Object.assign(process.env, emulators.env, { STAGE: "local", LOG_LEVEL: "error" });
  installMeter();
  try {
    return await measure(options.incidents, async (queue) =>
      takeAll(emulators.sqs, emulators.env[`${queue}_QUEUE_URL`]),
    );
  } finally {
    await emulators.stop();
  }
}

async function measure(most: number, take: (queue: string) => Promise<Message[]>): Promise<Row[]> {
  const [receive, correlate, onEvent, notify, acknowledge, resolve, list] = await Promise.all([
    import("../../functions/alerts/receive-alerts.ts"),
    import("../../functions/alerts/correlate-alerts.queue.ts"),
    import("../../functions/incidents/on-incident-event.queue.ts"),
    import("../../functions/notifications/deliver-notification.queue.ts"),
    import("../../functions/incidents/acknowledge-incident.ts"),
    import("../../functions/incidents/resolve-incident.ts"),
    import("../../functions/incidents/list-incidents.ts"),
  ]);
  const rows: Row[] = [];
  const post = (body: unknown) => request(receive.handler, "POST", "/api/v1/alerts", body);
  const publish = async () => deliver(onEvent.handler, await take("INCIDENT_EVENTS"));

  // The second incident: the first pays for loading configuration.
  for (const dedup_key of ["warm-up", alert.dedup_key]) {
    const accepting = await metered(() => post({ ...alert, dedup_key }));
    const alerts = await take("ALERTS");
    const opening = await metered(() => deliver(correlate.handler, alerts));
    const events = await take("INCIDENT_EVENTS");
    const paging = await metered(() => deliver(onEvent.handler, events));
    const pages = await take("NOTIFICATIONS");
    const sending = await quietly(() => metered(() => deliver(notify.handler, pages)));
    if (dedup_key === "warm-up") continue;
    rows.push(
      rowOf("accept an alert", accepting),
      rowOf("open an incident", opening),
      rowOf("decide whom to page", paging),
      rowOf("send the page", sending),
      rowOf("a new incident, all of these", sum([accepting, opening, paging, sending])),
    );
  }

  await post(Array.from({ length: batch }, () => alert));
  const repeats = await take("ALERTS");
  const correlating = await metered(() => deliver(correlate.handler, repeats));
  rows.push(
    { ...rowOf(`a correlated alert, in a batch of ${batch}`, share(correlating, batch)), aim: { most: 2 } },
    {
      section,
      what: "  updates of the incident for each",
      value: correlating.incidentWrites / batch,
      unit: "",
      aim: { most: 0.2 },
    },
  );

  const listing = async () => request(list.handler, "GET", "/api/v1/incidents?limit=1");
  const [incident] = (await listing()).incidents as { id: string }[];
  for (const [what, handler] of [
    ["acknowledge", acknowledge.handler],
    ["resolve", resolve.handler],
  ] as const) {
    const path = `/api/v1/incidents/${incident?.id}/${what}`;
    rows.push(rowOf(what, await metered(() => request(handler, "PATCH", path, { actor: "ada" }))));
    await publish();
  }

  const page = () => metered(() => request(list.handler, "GET", "/api/v1/incidents?limit=50"));
  const small = 100;
  await seed(small - 2, 0);
  const few = await page();
  const startedAt = performance.now();
  await seed(most - small, small);
  const seconds = (performance.now() - startedAt) / 1_000;
  const many = await page();
  rows.push(rowOf(`list 50 of ${small} incidents`, few), {
    ...rowOf(`list 50 of ${most} incidents`, many),
    beside: `${requestsOf(many)}; seeded in ${rounded(seconds)} s`,
    aim: { most: few.readUnits },
  });
  return rows;
}

/** Incidents as the store writes them; a hundred in a transaction is the quickest way into the emulator. */
async function seed(count: number, from: number): Promise<void> {
  const { table } = await import("../../shared/runtime/table.ts");
  let items: Item[] = [];
  const store = incidentStore({
    ...memoryTable(Date.now),
    transact: async (writes) =>
      void items.push(
        ...writes.flatMap((write) => ("item" in write && write.item.sk === "INCIDENT" ? [write.item] : [])),
      ),
  });
  for (let index = 0; index < count; index += 1) {
    await store.create(anIncident({ number: 1_000 + from + index }), null);
    if (items.length < 100 && index < count - 1) continue;
    await table().transact(items.map((item) => ({ item })));
    items = [];
  }
}

function rowOf(what: string, cost: Cost): Row {
  const { writeUnits, readUnits } = cost;
  const text = `${rounded(writeUnits)} write, ${rounded(readUnits)} read`;
  const value = writeUnits === 0 ? readUnits : writeUnits;
  return { section, what, value, text, unit: "units", beside: requestsOf(cost) };
}

function requestsOf({ dynamodbRequests, sqsRequests }: Cost): string {
  return `${rounded(dynamodbRequests)} requests to DynamoDB, ${rounded(sqsRequests)} to SQS`;
}

function sum(costs: readonly Cost[]): Cost {
  const total = (part: keyof Cost) => costs.reduce((all, cost) => all + cost[part], 0);
  return mapParts(total);
}

function share(cost: Cost, of: number): Cost {
  return mapParts((part) => cost[part] / of);
}

function mapParts(value: (part: keyof Cost) => number): Cost {
  return {
    writeUnits: value("writeUnits"),
    readUnits: value("readUnits"),
    dynamodbRequests: value("dynamodbRequests"),
    sqsRequests: value("sqsRequests"),
    incidentWrites: value("incidentWrites"),
  };
}

/** Pages would be printed between the figures. */
async function quietly<T>(run: () => Promise<T>): Promise<T> {
  const { write } = process.stdout;
  process.stdout.write = () => true;
  try {
    return await run();
  } finally {
    process.stdout.write = write;
  }
}
