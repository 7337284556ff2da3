/** Start time and memory of a running platform. */
import { resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { apiOf } from "../../infra/api-client.ts";
import { findFunctions } from "../../infra/stack/functions.ts";
import { receiveAlertsContract } from "../../shared/contracts/alerts/receive-alerts.ts";
import { fillPath } from "../../shared/contracts/path-template.ts";
import {
  clients,
  freePorts,
  startPlatform,
  type TestPlatform,
  temporaryFolder,
  waitFor,
} from "../support/platform/platform.ts";
import { memoryRow } from "./memory.ts";
import { type Start, timeNpmStart } from "./npm-start.ts";
import { isEmpty } from "./queue-depth.ts";
import { quantile, type Row } from "./report.ts";

const ROOT = resolve(import.meta.dirname, "../..");

/** Number of alerts that take the platform to its full size, and of keys, which are incidents. */
const load = { alerts: 10_000, keys: 100 };
/** Time to return memory that a load took. */
const REST_MS = 10_000;
const DRAIN_MS = 600_000;

export interface FootprintOptions {
  readonly starts: number;
  /** Numbers of loads after which memory is measured, ascending, to see growth. */
  readonly loads: readonly number[];
}

export async function measureFootprint({ starts, loads }: FootprintOptions): Promise<Row[]> {
  const folder = temporaryFolder();
  const port = await freePorts(5);
  const first = await timeNpmStart(folder, port);
  const next: Start[] = [];
  for (let index = 0; index < starts; index += 1) next.push(await timeNpmStart(folder, port));
  const platform = await startPlatform();
  const rows: Row[] = [
    {
      section: "Start",
      what: "npm start until the first answer, median",
      value: medianOf(next.map(({ seconds }) => seconds)),
      unit: "s",
      beside:
        `of ${starts}, ${medianOf(next.map(({ cpuSeconds }) => cpuSeconds)).toFixed(1)} s of a CPU; ` +
        `the first start in a folder ${first.seconds.toFixed(2)} s, ${first.cpuSeconds.toFixed(1)} s`,
      aim: { most: 2 },
    },
    await memoryRow("right after the start", platform, { most: 300 }),
  ];
  await touchEveryRoute(platform.url);
  rows.push(await memoryRow("every route asked once", platform));
  for (let sent = 1; sent <= (loads.at(-1) ?? 0); sent += 1) {
    await sendLoad(platform);
    if (!loads.includes(sent)) continue;
    await delay(REST_MS);
    const what = `after ${(sent * load.alerts).toLocaleString("en-US")} alerts`;
    rows.push(await memoryRow(what, platform, { most: 400 }));
  }
  await platform.stop();
  return rows;
}

/** Sends alerts and waits until they are processed. */
async function sendLoad({ url, env }: TestPlatform): Promise<void> {
  const call = apiOf(url);
  const { sqs, dynamodb } = clients(env);
  const alert = { service: "bench", severity: "high", message: "Latency above 500 ms" };
  for (let sent = 0; sent < load.alerts; sent += 100) {
    const drafts = Array.from({ length: 100 }, (_, index) => ({
      ...alert,
      dedup_key: `footprint ${(sent + index) % load.keys}`,
    }));
    await call(receiveAlertsContract, { body: drafts });
  }
  for (const queue of ["alerts.fifo", "incident-events.fifo", "notifications", "telemetry"])
    await waitFor(() => isEmpty(sqs, queue), DRAIN_MS);
  sqs.destroy();
  dynamodb.destroy();
}

function medianOf(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** Loads the code of all routes; their responses are irrelevant. */
async function touchEveryRoute(url: string): Promise<void> {
  await fetch(`${url}/api/v1/alerts`, {
    method: "POST",
    body: JSON.stringify({ service: "bench", severity: "high", message: "Wake up" }),
  });
  for (const { method, path } of await routes()) {
    await fetch(url + fillPath(path, {}, () => "1"), { method, ...(method !== "GET" && { body: "{}" }) });
  }
}

async function routes(): Promise<{ method: string; path: string }[]> {
  return (await findFunctions(ROOT))
    .flatMap(({ definition }) => definition.events ?? [])
    .flatMap(({ httpApi }) => (typeof httpApi === "object" ? [httpApi] : []));
}
