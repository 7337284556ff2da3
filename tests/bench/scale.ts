/**
 * Simulates high rates of alerts: real use cases, stores, keys and queue groups run in memory for a sample of the
 * services. Their units are added up by partition and scaled to each rate, so the result is exact in its counts and
 * the same in every run.
 */

import { assumed, prices } from "../../shared/domain/prices.ts";
import { incidentEntity } from "../../shared/storage/incidents/incident-store.ts";
import { blockSize } from "../../shared/storage/incidents/number-blocks.ts";
import { keys, partitions } from "../../shared/storage/keys.ts";
import { mostWithoutShards } from "../../shared/storage/sharding/load-meter.ts";
import { hourAt, shardedHoursStore } from "../../shared/storage/sharding/sharded-hours.ts";
import { shardedTable } from "../../shared/storage/sharding/sharded-table.ts";
import { type Load, loads } from "../../shared/storage/sharding/shards.ts";
import { type IndexName, indexNames } from "../../shared/storage/table.ts";
import { respondToIncident } from "../../shared/use-cases/incidents/respond-to-incident.ts";
import { aDraft, aSchedule, minutes, monday } from "../support/builders.ts";
import { memoryTable } from "../support/memory/memory-table.ts";
import { type QueueName, queueNames, testSystem } from "../support/memory/system.ts";
import { addTimes, emptyLedger, partitionMeter } from "./partition-meter.ts";
import { type Row, rounded } from "./report.ts";

/** More alerts come from more services. The last case has the most incidents. */
const cases = [
  { rate: 1_000, alertsPerIncident: 1_000 },
  { rate: 10_000, alertsPerIncident: 1_000 },
  { rate: 100_000, alertsPerIncident: 1_000 },
  { rate: 100_000, alertsPerIncident: 100 },
] as const;
type Case = (typeof cases)[number];
/** Alerts per second that need SHARDING=on. */
const leastWithShards = 1_001;

/** Simulated load. */
export const mix = {
  /** Duration of an incident, from its first alert to the one that resolves it. */
  incidentMs: minutes(10),
  /** Unresolved incidents of a service. */
  incidentsPerService: 10,
  /** Share of incidents that are acknowledged. The others escalate. */
  acknowledged: 0.5,
  acknowledgedAfterMs: minutes(2),
  alertsPerRequest: 10,
} as const;

/** Simulated alerts of an incident besides the first and the last. They represent all of them. */
const joining = 99;
/** Write units per second of a partition, in the table and in an index. */
const partitionLimit = 1_000;
/** Budget of write units of the table and its indexes, and of read units. Some incidents exceed 1 KiB once they have an assignee. */
const unitsPer = { alert: 3.4, incident: 60 };
/** Usual concurrent executions of an account. */
const lambdaQuota = 1_000;
/** Partitions of one incident, by an ID in their name, and of one service, its team and its people. All others are shared. */
const ofIncident = /_[0-9A-Z]{26}/;
const ofService = /unit-\d+/;
const places = ["table", ...indexNames] as const;
const million = 1_000_000;
const secondsPerMonth = 30 * 86_400;

export async function measureScale({ services }: { readonly services: number }): Promise<Row[]> {
  const rows: Row[] = [];
  const plain = await simulate(services, cases[0], []);
  const created = {
    incidents: unitsOf(plain, "gsi1", partitions.incidents) / services,
    notifications: unitsOf(plain, "gsi1", partitions.notifications) / services,
  };
  for (const each of cases) {
    const incidentsPerSecond = each.rate / each.alertsPerIncident;
    const perSecond: Record<Load, number> = {
      alerts: each.rate,
      incidents: created.incidents * incidentsPerSecond,
      notifications: created.notifications * incidentsPerSecond,
    };
    const sharded =
      each.rate < leastWithShards ? [] : loads.filter((load) => perSecond[load] >= mostWithoutShards);
    rows.push(...rowsAt(each, services, await simulate(services, each, sharded)));
  }
  return rows;
}

type Sample = Awaited<ReturnType<typeof simulate>>;

function unitsOf(sample: Sample, place: "table" | IndexName, pk: string): number {
  return sample.written[place].get(pk) ?? 0;
}

/**
 * Runs one incident of each service from the first alert to the last.
 *
 * @param sharded loads that are high enough for the hours to be sharded
 */
async function simulate(services: number, { rate, alertsPerIncident }: Case, sharded: readonly Load[]) {
  let ledger = emptyLedger();
  const memory = memoryTable(() => system.now());
  const system = testSystem({
    table: shardedTable(
      partitionMeter(memory, () => ledger),
      { sharding: rate >= leastWithShards, nowMs: () => system.now() },
    ),
  });
  await shardedHoursStore(memory).begin(monday);
  for (const load of sharded) await shardedHoursStore(memory).add(load, hourAt(monday), monday);
  const total = emptyLedger();
  const invocations = { alerts: 0, events: 0, notifications: 0, timers: 0 };
  const totals = { sends: 0, logBytes: 0 };
  const names = Array.from({ length: services }, (_, index) => `unit-${index}`);
  for (const team of names) {
    const members = [
      { name: "Ada", email: `ada@${team}.example.com`, role: "primary" },
      { name: "Bob", email: `bob@${team}.example.com`, role: "secondary" },
    ] as const;
    await system.deps.schedules.create(aSchedule({ team }, { members: [...members] }));
  }

  const deliver = async (queues: readonly QueueName[], times: number) => {
    for (const name of queues) while (await system.deliverOne(name)) invocations[name] += times;
  };
  /** Counts what runs as often as it represents, and once what follows from it. */
  const counted = async (times: number, run: () => Promise<void>) => {
    const count = async (by: number, counts: () => Promise<void>) => {
      ledger = emptyLedger();
      const [sent, logged] = [system.sqs.batches.length, system.lines.length];
      await counts();
      addTimes(total, ledger, by);
      totals.sends += (system.sqs.batches.length - sent) * by;
      totals.logBytes += Buffer.byteLength(JSON.stringify(system.lines.slice(logged))) * by;
    };
    await count(times, async () => {
      await run();
      await deliver(["alerts"], times);
    });
    await count(1, () => deliver(queueNames, 1));
  };
  const alertAll = async (action: "trigger" | "resolve") => {
    for (let from = 0; from < services; from += mix.alertsPerRequest) {
      const drafts = names
        .slice(from, from + mix.alertsPerRequest)
        .map((service) => aDraft({ service, dedupKey: `${service}: latency`, action }));
      await system.receive(...drafts);
    }
  };
  const pause = () => system.advance(mix.incidentMs / (joining + 1));

  await counted(1, () => alertAll("trigger"));
  const opened = memory.all().filter(incidentEntity.is).map(incidentEntity.parse);
  for (let round = 1; round <= joining; round += 1) {
    pause();
    await counted((alertsPerIncident - 2) / joining, () => alertAll("trigger"));
    if (system.now() - monday < mix.acknowledgedAfterMs) continue;
    const answered = opened.splice(0).slice(0, services * mix.acknowledged);
    await counted(1, async () => {
      for (const { id } of answered)
        await respondToIncident(system.deps, id, "acknowledge", "ada@example.com", system.now());
    });
  }
  pause();
  await counted(1, () => alertAll("resolve"));
  return { ...total, ...totals, invocations, pages: system.pages.length };
}

function rowsAt({ rate, alertsPerIncident }: Case, services: number, sample: Sample): Row[] {
  const section =
    `Simulation of ${rate.toLocaleString("en-US")} alerts per second${rate < leastWithShards ? "" : " with SHARDING=on"} ` +
    `(${alertsPerIncident} alerts per incident, ${mix.incidentMs / minutes(1)} minutes each, ` +
    `${mix.incidentsPerService} at a time per service)`;
  const incidentsPerSecond = rate / alertsPerIncident;
  /** Rate of something that the sample did a number of times. */
  const each = (count: number) => (count / services) * incidentsPerSecond;
  const hottest = places.map((place): Row => {
    const [name = "", units = 0] = hottestOf(sample.written[place], incidentsPerSecond, each);
    const what = `hottest partition of ${place === "table" ? "the table" : place}`;
    const aim = { most: partitionLimit };
    return { section, what, value: units, unit: "units/s", beside: name, aim };
  });
  const all = (count: number[]) => count.reduce((sum, one) => sum + one, 0);
  const unitsIn = (place: keyof Sample["written"]) => each(all([...sample.written[place].values()]));
  const writeUnits = all(places.map(unitsIn));
  const readUnits = each(sample.readUnits);
  const batches = each(all(Object.values(sample.invocations)));
  const inParallel = (name: QueueName) =>
    Math.ceil((each(sample.invocations[name]) * assumed.billedMs.consumer) / 1_000);
  const budget = unitsPer.alert * rate + unitsPer.incident * incidentsPerSecond;
  const requests = rate / mix.alertsPerRequest;
  const billedMs = batches * assumed.billedMs.consumer + requests * assumed.billedMs.http;
  const invocations = batches + requests;
  const dollars =
    (requests * prices.httpApi.perMillionRequests) / million +
    (invocations * prices.lambdaArm.perMillionRequests) / million +
    (billedMs / 1_000) * assumed.memoryGb * prices.lambdaArm.perGbSecond +
    (writeUnits * prices.dynamodbOnDemand.perMillionWriteUnits) / million +
    (readUnits * prices.dynamodbOnDemand.perMillionReadUnits) / million +
    // A batch costs one receive and one delete request.
    ((each(sample.sends) + 2 * batches) * prices.sqs.perMillionFifoRequests) / million +
    ((each(sample.logBytes) + invocations * assumed.lambdaLogBytes) / 1024 ** 3) * prices.logs.perGb;
  return [
    ...hottest,
    {
      section,
      what: "write units of the table and its indexes",
      value: writeUnits,
      unit: "units/s",
      beside: places.map((place) => `${place} ${rounded(unitsIn(place))}`).join(", "),
      aim: { most: budget },
    },
    { section, what: "read units", value: readUnits, unit: "units/s", aim: { most: budget } },
    {
      section,
      what: "new incidents",
      value: incidentsPerSecond,
      unit: "/s",
      beside: `${rounded(sample.pages / services)} pages each`,
    },
    { section, what: "batches of alerts", value: each(sample.invocations.alerts), unit: "/s" },
    {
      section,
      what: "Lambda concurrency",
      value: Math.ceil(billedMs / 1_000),
      unit: "",
      beside:
        `${assumed.billedMs.consumer} ms per batch, ${assumed.billedMs.http} ms per request; ` +
        queueNames.map((name) => `${name} ${inParallel(name)}`).join(", "),
      aim: { most: lambdaQuota },
    },
    {
      section,
      what: "dollars per month",
      value: dollars * secondsPerMonth,
      text: Math.round(dollars * secondsPerMonth).toLocaleString("en-US"),
      unit: "$",
      beside: `$${rounded((dollars / rate) * million)} per million alerts`,
    },
  ];
}

/** Returns the partition with the most units per second. */
function hottestOf(
  units: ReadonlyMap<string, number>,
  incidentsPerSecond: number,
  each: (count: number) => number,
): [string, number] {
  const incidentsOfServicePerSecond = mix.incidentsPerService / (mix.incidentMs / 1_000);
  const perSecond = [...units].map(([pk, count]): [string, number] => {
    if (ofIncident.test(pk)) return [pk, count / (mix.incidentMs / 1_000)];
    if (ofService.test(pk)) return [pk, count * incidentsOfServicePerSecond];
    // The sample has too few incidents at a time for blocks of numbers.
    if (pk === keys.counter("incident").pk) return [pk, each(count) / blockSize(incidentsPerSecond)];
    return [pk, each(count)];
  });
  return perSecond.reduce((most, one) => (one[1] > most[1] ? one : most), ["", 0]);
}
