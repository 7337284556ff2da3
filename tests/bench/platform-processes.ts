/** CPU time of the processes of a platform. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestPlatform } from "../support/platform/platform.ts";

export function cpuSecondsByProcess({ pid, dataDir }: TestPlatform): Readonly<Record<string, number>> {
  const child = (name: string) => cpuSecondsOf(Number(readFileSync(join(dataDir, `${name}.pid`), "utf8")));
  return {
    gateway: cpuSecondsOf(pid),
    worker: child("worker"),
    sqs: child("sqs"),
    dynamodb: child("dynamodb"),
    exporter: child("exporter"),
  };
}

/** CPU time of a process in seconds, independent of other processes. */
export function cpuSecondsOf(pid: number): number {
  const [, ...fields] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
  const [user, system] = fields.join(") ").split(" ").slice(11, 13);
  return (Number(user) + Number(system)) / 100;
}
