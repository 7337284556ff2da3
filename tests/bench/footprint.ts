/** Start time and memory of a running platform. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { findFunctions } from "../../infra/stack/functions.ts";
import { fillPath } from "../../shared/contracts/path-template.ts";
import { startPlatform, type TestPlatform } from "../support/platform/platform.ts";
import { cpuSecondsOf } from "./platform-processes.ts";
import { quantile, type Row } from "./report.ts";

const ROOT = resolve(import.meta.dirname, "../..");

export async function measureFootprint(starts: number): Promise<Row[]> {
  const uncached = await timedStart({ NODE_DISABLE_COMPILE_CACHE: "1" });
  await uncached.platform.stop();
  const times: number[] = [];
  for (let index = 0; index < starts; index += 1) {
    const { platform, seconds, cpu } = await timedStart({});
    times.push(seconds);
    if (index < starts - 1) {
      await platform.stop();
      continue;
    }
    const idle = memoryOf(platform);
    await touchEveryRoute(platform.url);
    const warmed = memoryOf(platform);
    await platform.stop();
    return [
      {
        section: "Start",
        what: "until the first answer, median",
        value: quantile(times, 0.5),
        unit: "s",
        beside:
          `of ${starts}, ${cpu.toFixed(1)} s of a CPU; ` +
          `without a compile cache ${uncached.seconds.toFixed(2)} s, ${uncached.cpu.toFixed(1)} s`,
        aim: { most: 3 },
      },
      ...memoryRows("right after the start", idle),
      ...memoryRows("every route asked once", warmed, { most: 400 }),
    ];
  }
  return [];
}

async function timedStart(env: Record<string, string>) {
  const startedAt = performance.now();
  const platform = await startPlatform({ env });
  return { platform, seconds: (performance.now() - startedAt) / 1_000, cpu: cpuSecondsOf(platform.pid) };
}

interface Memory {
  readonly gateway: number;
  readonly dynamodb: number;
  readonly sqs: number;
  readonly worker: number;
  readonly exporter: number;
}

function memoryRows(
  what: string,
  { gateway, worker, exporter, dynamodb, sqs }: Memory,
  aim?: Row["aim"],
): Row[] {
  const total = gateway + worker + exporter + dynamodb + sqs;
  const beside = `gateway ${gateway}, worker ${worker}, exporter ${exporter}, dynamodb ${dynamodb}, sqs ${sqs}`;
  return [{ section: "Memory (RSS)", what, value: total, unit: "MB", beside, ...(aim && { aim }) }];
}

function memoryOf({ pid, dataDir }: TestPlatform): Memory {
  const child = (name: string) => rssOf(Number(readFileSync(join(dataDir, `${name}.pid`), "utf8")));
  return {
    gateway: rssOf(pid),
    worker: child("worker"),
    exporter: child("exporter"),
    dynamodb: child("dynamodb"),
    sqs: child("sqs"),
  };
}

/** Memory in megabytes. */
function rssOf(pid: number): number {
  const [, kib] = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  return Math.round((Number(kib) * 1_024) / 1_000_000);
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
