/** Start of the platform as a user sees it. Linux only. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { npmStart } from "../support/platform/npm-start.ts";
import { startMs, waitFor } from "../support/platform/platform.ts";
import { treeOf } from "./platform-processes.ts";

export interface Start {
  readonly seconds: number;
  /** CPU time of all processes, in seconds. It is independent of other work. */
  readonly cpuSeconds: number;
}

/** Runs `npm start` until its first answer, and stops it. */
export async function timeNpmStart(dataDir: string, firstPort: number): Promise<Start> {
  const startedAt = performance.now();
  const { npm, output } = npmStart(dataDir, firstPort);
  npm.stderr.pipe(process.stderr);
  await waitFor(async () => (await fetch(`http://127.0.0.1:${firstPort}/health/web`)).ok, startMs, 10);
  const seconds = (performance.now() - startedAt) / 1_000;
  const cpuSeconds = treeOf(npm.pid ?? 0).reduce((sum, pid) => sum + cpuOf(pid), 0);
  await waitFor(() => output().includes("ready after"), startMs);
  npm.kill("SIGTERM");
  await waitFor(() => !existsSync(join(dataDir, "platform.pid")));
  return { seconds, cpuSeconds };
}

/** CPU time of a process and of its children that have ended, in seconds. */
function cpuOf(pid: number): number {
  const [, ...fields] = readFileSync(`/proc/${pid}/stat`, "utf8").split(") ");
  const times = fields.join(") ").split(" ").slice(11, 15);
  return times.reduce((sum, ticks) => sum + Number(ticks), 0) / 100;
}
