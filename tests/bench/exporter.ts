/** Duration and reads of a scrape, depending on the number of incidents. */
import { prometheusContentType } from "prom-client";
import { overlapMs } from "../../monitoring/exporter/follow.ts";
import { anIncident, minutes, monday, seconds } from "../support/builders.ts";
import { startEmulators } from "../support/platform/platform.ts";
import { countRows } from "./counts.ts";
import { type Cost, installMeter, metered } from "./meter.ts";
import { quantile, type Row, rounded } from "./report.ts";
import { seedIncidents } from "./seed.ts";

const section = "A scrape of the exporter (an incident a minute, 50 unresolved, nothing new)";
const unresolved = 50;
const few = 100;

/** @param options.scrapes three seconds apart; reads that occur once per minute are averaged */
export async function measureExporter(options: { incidents: number; scrapes: number }): Promise<Row[]> {
  const emulators = await startEmulators();
  Object.assign(process.env, emulators.env, { STAGE: "local", LOG_LEVEL: "error" });
  installMeter();
  try {
    const small = await measure({ ...options, from: 0, to: few });
    const large = await measure({ ...options, from: few, to: options.incidents });
    return [
      { ...rowOf(few, small), aim: { most: 4.5 } },
      { ...rowOf(options.incidents, large), aim: { most: small.readUnits } },
      // Of unresolved incidents, and of the latest ones.
      ...countRows(section, "after a restart", large.first, { readUnits: 60, dynamodbRequests: 8 }),
    ];
  } finally {
    await emulators.stop();
  }
}

interface Measured {
  readonly medianMs: number;
  /** Average per scrape. */
  readonly readUnits: number;
  /** First scrape, with a checkpoint. */
  readonly first: Cost;
}

async function measure(options: { scrapes: number; from: number; to: number }): Promise<Measured> {
  const { scrapes, from, to } = options;
  const [{ startExporter }, { table }, { sqs }] = await Promise.all([
    import("../../monitoring/exporter/exporter.ts"),
    import("../../shared/runtime/table.ts"),
    import("../../shared/runtime/system.ts"),
  ]);
  await seedIncidents(table(), incidentsFrom(from, to));
  let now = monday + minutes(to);
  const start = () =>
    startExporter({
      table: table(),
      sqs: sqs(),
      longPollingSqs: sqs(),
      queues: { telemetry: process.env.TELEMETRY_QUEUE_URL ?? "" },
      gatewayUrl: "http://127.0.0.1",
      fetch: async () => new Response(),
      clock: () => now,
      log: { info: () => {}, warn: () => {}, error: () => {} },
    });

  const count = async () => {
    const exporter = start();
    await exporter.page("incidents", prometheusContentType);
    await exporter.close();
  };
  await count();
  // The checkpoint still has the incidents that were noticed at once. The next incident's does not.
  now += overlapMs + minutes(1);
  await seedIncidents(table(), incidentsFrom(to, to + 1));
  await count();
  const exporter = start();
  const scrape = () => exporter.page("incidents", prometheusContentType);
  const first = await metered(scrape);
  const times: number[] = [];
  const { readUnits } = await metered(async () => {
    for (let index = 0; index < scrapes; index += 1) {
      now += seconds(3);
      const startedAt = performance.now();
      await scrape();
      times.push(performance.now() - startedAt);
    }
  });
  await exporter.close();
  return { medianMs: quantile(times, 0.5), readUnits: readUnits / scrapes, first };
}

function* incidentsFrom(from: number, to: number) {
  for (let index = from; index < to; index += 1) {
    const createdAt = monday + minutes(index);
    const open = { number: index + 1, createdAt };
    const resolved = {
      status: "resolved",
      acknowledgedAt: createdAt + 1,
      resolvedAt: createdAt + 2,
    } as const;
    yield anIncident(index < unresolved ? open : { ...open, ...resolved });
  }
}

function rowOf(incidents: number, { medianMs, readUnits, first }: Measured): Row {
  return {
    section,
    what: `${incidents} incidents`,
    value: readUnits,
    text: `${rounded(readUnits)} read`,
    unit: "units",
    beside: `median ${rounded(medianMs)} ms; ${rounded(first.readUnits)} read after a restart`,
  };
}
