/** Reads of requests and pages while the history grows a thousandfold. They must stay the same. */
import type { LambdaHandler } from "../../shared/http/lambda.ts";
import { alertStore } from "../../shared/storage/alerts/alert-store.ts";
import { incidentEventStore } from "../../shared/storage/incidents/incident-event-store.ts";
import { notificationStore } from "../../shared/storage/notifications/notification-store.ts";
import { scheduleStore } from "../../shared/storage/oncall/schedule-store.ts";
import type { Table } from "../../shared/storage/table.ts";
import {
  aNotification,
  anEvent,
  anIncident,
  aRecordedAlert,
  aSchedule,
  days,
  minutes,
} from "../support/builders.ts";
import { call } from "../support/functions/lambda.ts";
import { siteEnvironment } from "../support/functions/site.ts";
import { startEmulators } from "../support/platform/platform.ts";
import { bundlePages } from "./bundle-pages.ts";
import { type Cost, installMeter, metered } from "./meter.ts";
import { type Row, rounded } from "./report.ts";
import { seedIncidents } from "./seed.ts";

/** The newest ones stay open. */
const unresolved = 20;
/** A hundred incidents fill the day that the statistics read. */
const betweenIncidents = minutes(15);
const shown = { events: 5, alerts: 40, notifications: 4 };

/** A fixed time of day, because statistics read incidents of the hours that are not over. */
const now = Math.floor(Date.now() / days(1)) * days(1) - minutes(11 * 60 + 30);
const incidents = Array.from({ length: unresolved }, (_, index) => incidentAt(index));
const [newest = incidentAt(0)] = incidents;

const reads = {
  "a list of 50 incidents": ({ list }) => call(list, { path: "/api/v1/incidents", query: "limit=50" }),
  "the page of an incident": ({ page }) => call(page, { path: `/incidents/${newest.id}` }),
  "statistics of 24 hours": ({ stats }) =>
    call(stats, { path: "/api/v1/incidents/stats", query: "window=24h" }),
  "the home page": ({ page }) => call(page, { path: "/" }),
  "who is on call": ({ onCall }) => call(onCall, { path: "/api/v1/oncall/current", query: "team=payments" }),
} satisfies Record<string, (handlers: Handlers) => ReturnType<typeof call>>;

type Handlers = Readonly<Record<"list" | "stats" | "onCall" | "page", LambdaHandler>>;

/** @param sizes numbers of incidents, ascending */
export async function measureGrowth(sizes: readonly number[]): Promise<Row[]> {
  const emulators = await startEmulators();
  Object.assign(process.env, emulators.env, await siteEnvironment(), { STAGE: "local", LOG_LEVEL: "error" });
  installMeter();
  Date.now = () => now;
  try {
    const file = await bundlePages(
      "growth",
      `export { handler as list } from "./functions/incidents/list-incidents.ts";
       export { handler as stats } from "./functions/incidents/get-incident-stats.ts";
       export { handler as onCall } from "./functions/oncall/get-current-on-call.ts";
       export { handler as page } from "./functions/web/show-page.ts";`,
    );
    const { table } = await import("../../shared/runtime/table.ts");
    await seedOne(table());
    const costs: Record<string, Cost>[] = [];
    for (const [index, size] of sizes.entries()) {
      await seedIncidents(table(), incidentsBetween(sizes[index - 1] ?? 0, size));
      // Modules of their own, because functions cache what they have read. The first ones store statistics.
      await readAll(await import(`${file}?first=${size}`));
      costs.push(await readAll(await import(`${file}?measured=${size}`)));
    }
    return Object.keys(reads).map((what) =>
      rowOf(
        what,
        sizes,
        costs.flatMap((each) => each[what] ?? []),
      ),
    );
  } finally {
    await emulators.stop();
  }
}

async function readAll(handlers: Handlers): Promise<Record<string, Cost>> {
  const costs: Record<string, Cost> = {};
  for (const [what, read] of Object.entries(reads)) {
    costs[what] = await metered(async () => {
      const { status, text } = await read(handlers);
      if (status !== 200) throw new Error(`${what}: ${status} ${text}`);
    });
  }
  return costs;
}

/** Creates what belongs to the newest incident, and its team's schedule. */
async function seedOne(table: Table): Promise<void> {
  const { id: incidentId, createdAt } = newest;
  const each = <T>(count: number, make: (at: number) => T) =>
    Array.from({ length: count }, (_, index) => make(createdAt + 1_000 * index));
  await scheduleStore(table).create(aSchedule({ team: newest.team }));
  await incidentEventStore(table).appendEvents(each(shown.events, (at) => anEvent({ incidentId, at })));
  await alertStore(table).record(
    each(shown.alerts, (receivedAt) => aRecordedAlert({ incidentId, receivedAt })),
  );
  for (const createdAt of each(shown.notifications, (at) => at))
    await notificationStore(table).create(aNotification({ incidentId, createdAt, status: "sent" }));
}

function* incidentsBetween(from: number, to: number) {
  for (let index = from; index < to; index += 1) yield incidents[index] ?? incidentAt(index);
}

/** @param age 0 for the newest incident */
function incidentAt(age: number) {
  const createdAt = now - minutes(1) - age * betweenIncidents;
  const fields = { number: 1_000_000 - age, createdAt };
  const acknowledgedAt = createdAt + minutes(1 + (age % 7));
  const times = { acknowledgedAt, resolvedAt: acknowledgedAt + minutes(5 + (age % 11)) };
  return anIncident(age < unresolved ? fields : { ...fields, status: "resolved", ...times });
}

function rowOf(what: string, sizes: readonly number[], costs: readonly Cost[]): Row {
  const [first = Number.NaN, ...more] = costs.map(({ readUnits }) => readUnits);
  const bySize = [first, ...more].map((units, index) => `${count(sizes[index])}: ${rounded(units)}`);
  // Reads that meet in one turn of the event loop share a request, so that the numbers of requests differ by one.
  const requests = costs.map(({ dynamodbRequests }) => dynamodbRequests);
  return {
    section: `Growth from ${count(sizes[0])} to ${count(sizes.at(-1))} incidents`,
    what,
    value: more.at(-1) ?? first,
    unit: "units",
    beside: `${bySize.join(", ")}; ${requests.join(", ")} requests`,
    aim: { most: first },
  };
}

function count(size = 0): string {
  return size.toLocaleString("en-US");
}
