/** Processes of a platform, by their pid files. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { TestPlatform } from "../support/platform/platform.ts";
import { waitFor } from "../support/platform/platform.ts";

const helpers = ["worker", "sqs", "dynamodb", "exporter"] as const;
export type Helper = (typeof helpers)[number];

type Data = Pick<TestPlatform, "dataDir">;

/** Returns the process ID, once the process is running. */
async function pidOf({ dataDir }: Data, name: Helper): Promise<number> {
  let pid = 0;
  await waitFor(() => {
    pid = Number.parseInt(readFileSync(join(dataDir, `${name}.pid`), "utf8"), 10);
    return pid > 1 && process.kill(pid, 0);
  }, 30_000);
  return pid;
}

/** Kills the process and waits for its replacement. */
export async function killAndAwaitNext(platform: Data, name: Helper): Promise<void> {
  const killed = await pidOf(platform, name);
  process.kill(killed, "SIGKILL");
  await waitFor(async () => (await pidOf(platform, name)) !== killed, 30_000);
}

/** Pauses the process while `meanwhile` runs. */
export async function withStopped(
  platform: Data,
  name: Helper,
  meanwhile: () => Promise<void>,
): Promise<void> {
  const pid = await pidOf(platform, name);
  process.kill(pid, "SIGSTOP");
  try {
    await meanwhile();
  } finally {
    process.kill(pid, "SIGCONT");
  }
}

/** Sends SIGKILL to all processes at once. */
export async function killEverything(platform: TestPlatform): Promise<void> {
  const pids = await Promise.all(helpers.map((name) => pidOf(platform, name)));
  for (const pid of [platform.pid, ...pids]) process.kill(pid, "SIGKILL");
  await platform.kill9();
}
