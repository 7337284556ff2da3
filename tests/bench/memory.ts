/** Memory of a running platform. Linux only. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { setImmediate } from "node:timers/promises";
import type { TestPlatform } from "../support/platform/platform.ts";
import { readProcess, treeOf } from "./platform-processes.ts";
import type { Row } from "./report.ts";

const children = ["worker", "exporter", "dynamodb", "sqs"] as const;

/** Returns the proportional set size of all processes: shared pages count once. */
export async function memoryRow(
  what: string,
  { pid, dataDir }: TestPlatform,
  aim?: Row["aim"],
): Promise<Row> {
  const total = treeOf(pid).reduce((sum, member) => sum + pssOf(member), 0);
  const named = {
    gateway: pid,
    ...Object.fromEntries(children.map((name) => [name, readPid(dataDir, name)])),
  };
  const beside = Object.entries(named).map(([name, member]) => `${name} ${Math.round(pssOf(member))}`);
  await setImmediate(); // connections that were closed meanwhile are not used again
  return {
    section: "Memory (PSS of all processes)",
    what,
    value: Math.round(total),
    unit: "MB",
    beside: beside.join(", "),
    ...(aim && { aim }),
  };
}

function readPid(dataDir: string, name: string): number {
  return Number(readFileSync(join(dataDir, `${name}.pid`), "utf8"));
}

/** Returns megabytes. */
function pssOf(pid: number): number {
  const [, kib = "0"] = /^Pss:\s+(\d+) kB/m.exec(readProcess(pid, "smaps_rollup")) ?? [];
  return (Number(kib) * 1_024) / 1_000_000;
}
