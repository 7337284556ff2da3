/** Cost of the home page with many incidents, from request to page. */
import type { LambdaHandler } from "../../shared/http/lambda.ts";
import { scheduleStore } from "../../shared/storage/oncall/schedule-store.ts";
import type { Table } from "../../shared/storage/table.ts";
import { severitiesKeptMs } from "../../shared/use-cases/incidents/read-unresolved.ts";
import { anIncident, aSchedule, minutes } from "../support/builders.ts";
import { call } from "../support/functions/lambda.ts";
import { siteEnvironment } from "../support/functions/site.ts";
import { startEmulators } from "../support/platform/platform.ts";
import { bundlePages } from "./bundle-pages.ts";
import { countRows } from "./counts.ts";
import { type Cost, installMeter, metered } from "./meter.ts";
import { quantile, type Row, rounded } from "./report.ts";
import { seedIncidents } from "./seed.ts";

const openIncidents = 500;
const teams = 50;
/** Older incidents that must not be read. */
const resolvedIncidents = 2_000;
const section = `The home page, ${openIncidents} incidents open and ${teams} teams`;

/** @param visits number of measured requests */
export async function measureWeb(visits: number): Promise<Row[]> {
  const emulators = await startEmulators();
  Object.assign(process.env, emulators.env, await siteEnvironment(), { STAGE: "local", LOG_LEVEL: "error" });
  installMeter();
  try {
    return await measure(await loaded(), visits);
  } finally {
    await emulators.stop();
  }
}

interface Loaded {
  readonly handler: LambdaHandler;
  readonly table: () => Table;
  /** Renders the same page from loaded data. */
  readonly render: (incidents: readonly ReturnType<typeof anIncident>[], now: number) => string;
}

async function loaded(): Promise<Loaded> {
  const contents = `
    import { HomeView } from "./shared/web/pages/home/view.tsx";
    import { tally } from "./shared/domain/incidents/stats.ts";
    import { frame } from "./shared/web/site/frame.tsx";
    export { handler } from "./functions/web/show-page.ts";
    export { table } from "./shared/runtime/table.ts";
    const viewer = { name: "ada", identity: "self_declared", may: () => true, mayWrite: true, formToken: "token" };
    const noOne = { person: null, kind: "rotation", by: null, start: -Infinity, end: Infinity };
    const teams = Array.from({ length: ${teams} }, (_, n) => ({ schedule: { team: "team " + n }, roles: { primary: noOne, secondary: noOne }, policy: null }));
    const none = { ...tally([]), mttaSeconds: [1], mttrSeconds: [2] };
    export const render = (open, now) => frame({
      title: "bench", viewer, now, here: "/",
      content: <HomeView viewer={viewer} here="/" now={now} host="localhost" unresolved={{
          open: open.length, acknowledged: 0, more: false, olderExist: true, severitiesKeptMs: 10_000, latest: open.slice(0, 100), top: open.slice(0, 15) }}
        teams={teams} moreTeams={false} teamsAt={now} days={Array(30).fill({ tally: none })} trendsAt={now}
        rate={{ perMinute: Array(60).fill(3), complete: true }} health={{ services: {}, dependencies: {} }}
        backlog={[]} ownShifts={[]} hidesSetup={false}
        setup={{ user: true, integration: true, deliveredPage: true, simulatedChannels: [] }} />,
    });`;
  return import(await bundlePages("web", contents));
}

async function measure({ handler, table, render }: Loaded, visits: number): Promise<Row[]> {
  const now = Date.now();
  const severities = ["critical", "high", "medium", "low"] as const;
  const open = Array.from({ length: openIncidents }, (_, index) => {
    const severity = severities[index % severities.length] ?? "low";
    return anIncident({ number: index + 1, severity, createdAt: now - minutes(index) });
  });
  const resolved = Array.from({ length: resolvedIncidents }, (_, index) => {
    const createdAt = now - minutes(120 * 24 * 60 + index);
    const times = { createdAt, acknowledgedAt: createdAt, resolvedAt: createdAt };
    return anIncident({ number: openIncidents + index + 1, status: "resolved", ...times });
  });
  await seedIncidents(table(), [...resolved, ...open]);
  const schedules = scheduleStore(table());
  for (let index = 0; index < teams; index += 1) await schedules.create(aSchedule({ team: `team-${index}` }));

  let size = 0;
  const visit = async () => {
    const { status, text } = await call(handler, { path: "/" });
    if (status !== 200) throw new Error(`The home page returned ${status}: ${text}`);
    if (!text.includes(`${openIncidents} open`))
      throw new Error(`The home page does not show ${openIncidents} open`);
    size = Buffer.byteLength(text);
  };
  const first = await metered(visit);
  for (let count = 0; count < visits; count += 1) await visit();
  const later = await metered(visit);
  await new Promise((resolve) => setTimeout(resolve, severitiesKeptMs));
  const outdated = await metered(visit);
  const [whole, waiting] = await processorMs(visits, visit);
  for (let count = 0; count < visits; count += 1) render(open, now);
  const [page] = await processorMs(visits, async () => render(open, now));
  const counts = (what: string, cost: Cost, readUnits: number, dynamodbRequests: number, writeUnits = 0) =>
    countRows(section, what, cost, { writeUnits, readUnits, dynamodbRequests });
  return [
    { section, what: "the page from its data, processor time", value: page, unit: "ms", aim: { most: 50 } },
    {
      section,
      what: "a visit, processor time",
      value: whole,
      unit: "ms",
      beside: `there after ${rounded(waiting)} ms, with the emulator on this machine`,
    },
    { section, what: "size, not compressed", value: size / 1_024, unit: "KiB", aim: { most: 100 } },
    // It stores the statistics of a month.
    ...counts("first visit", first, 150, 160, 50),
    ...counts("later visits", later, 40, 8),
    ...counts(`a visit after ${severitiesKeptMs / 1_000} s`, outdated, 150, 65),
  ];
}

/** Returns medians of CPU time and elapsed time in milliseconds. */
async function processorMs(times: number, run: () => Promise<unknown>): Promise<[number, number]> {
  const processor: number[] = [];
  const passed: number[] = [];
  for (let count = 0; count < times; count += 1) {
    const before = process.cpuUsage();
    const startedAt = performance.now();
    await run();
    passed.push(performance.now() - startedAt);
    const { user, system } = process.cpuUsage(before);
    processor.push((user + system) / 1_000);
  }
  return [quantile(processor, 0.5), quantile(passed, 0.5)];
}
