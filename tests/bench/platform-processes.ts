/** Processes of a platform and their CPU time. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestPlatform } from "../support/platform/platform.ts";
import { type Row, rounded } from "./report.ts";

type CpuSeconds = Readonly<Record<string, number>>;

export function cpuSecondsByProcess({ pid, dataDir }: TestPlatform): CpuSeconds {
  const child = (name: string) => cpuSecondsOf(Number(readFileSync(join(dataDir, `${name}.pid`), "utf8")));
  return {
    gateway: cpuSecondsOf(pid),
    worker: child("worker"),
    sqs: child("sqs"),
    dynamodb: child("dynamodb"),
    exporter: child("exporter"),
  };
}

/** Returns the value of a row: milliseconds of CPU per operation, of all processes and of each. */
export function cpuRow(
  before: CpuSeconds,
  after: CpuSeconds,
  operations: number,
): Pick<Row, "value" | "unit" | "beside"> {
  const each = Object.entries(after).map(([name, seconds]): [string, number] => [
    name,
    ((seconds - (before[name] ?? 0)) * 1_000) / operations,
  ]);
  return {
    value: each.reduce((sum, [, milliseconds]) => sum + milliseconds, 0),
    unit: "ms",
    beside: each.map(([name, milliseconds]) => `${name} ${rounded(milliseconds)}`).join(", "),
  };
}

/** CPU time of a process in seconds, independent of other processes. */
function cpuSecondsOf(pid: number): number {
  const [, ...fields] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
  const [user, system] = fields.join(") ").split(" ").slice(11, 13);
  return (Number(user) + Number(system)) / 100;
}

/** Returns the process and its descendants. */
export function treeOf(root: number): number[] {
  const members = new Set([root]);
  const parents = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(Number(name))] as const)
    .sort(([a], [b]) => a - b);
  for (const [pid, parent] of parents) if (members.has(parent)) members.add(pid);
  return [...members];
}

function parentOf(pid: number): number {
  return Number(readProcess(pid, "stat").split(") ").at(-1)?.split(" ")[1]);
}

/** Returns the text of a file in /proc; an empty one for a process that has ended. */
export function readProcess(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    return "";
  }
}
