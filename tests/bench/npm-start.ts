/** Start of the platform as a user sees it. Linux only. */
import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { waitFor } from "../support/platform/platform.ts";
import { treeOf } from "./platform-processes.ts";

export interface Start {
  readonly seconds: number;
  /** CPU time of all processes, in seconds. It is independent of other work. */
  readonly cpuSeconds: number;
}

const startMs = 100_000;

/** Runs `npm start` until its first answer, and stops it. */
export async function timeNpmStart(dataDir: string, firstPort: number): Promise<Start> {
  const startedAt = performance.now();
  const npm = spawn("npm", ["start"], {
    cwd: resolve(import.meta.dirname, "../.."),
    env: {
      ...process.env,
      HTTP_PORT: `${firstPort}`,
      LAMBDA_PORT: `${firstPort + 1}`,
      EMULATOR_PORT: `${firstPort + 2}`,
      EXPORTER_PORT: `${firstPort + 4}`,
      DATA_DIR: dataDir,
    },
    stdio: ["ignore", "pipe", "inherit"],
  });
  let printed = "";
  npm.stdout.on("data", (chunk) => {
    printed += chunk;
  });
  await waitFor(async () => (await fetch(`http://127.0.0.1:${firstPort}/health/web`)).ok, startMs, 10);
  const seconds = (performance.now() - startedAt) / 1_000;
  const cpuSeconds = treeOf(npm.pid ?? 0).reduce((sum, pid) => sum + cpuOf(pid), 0);
  await waitFor(() => printed.includes("ready after"), startMs);
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
