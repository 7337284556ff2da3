/** Stopping `npm start` by signals, as people and supervisors do: npm gets the signal, not the process below it. */
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type NpmStart, npmStart } from "../support/platform/npm-start.ts";
import { freePorts, portsFrom, startMs, temporaryFolder, waitFor } from "../support/platform/platform.ts";
import { processesOn } from "../support/platform/processes.ts";
import { sharedBundles } from "../support/platform/shared-bundles.ts";
import { provideService } from "../support/platform/shared-service.ts";

/** @param hasAll true where it is stopped once it has all that it builds, which other platforms of the run have built */
async function start({ hasAll = false } = {}): Promise<NpmStart> {
  const dataDir = temporaryFolder();
  const firstPort = await freePorts(5);
  const bundles = hasAll ? await sharedBundles() : undefined;
  const settings = bundles ? { PREBUILT_BUNDLES: bundles } : {};
  if (hasAll) {
    await provideService(process.cwd(), dataDir, {
      ...process.env,
      ...portsFrom(firstPort),
      DATA_DIR: dataDir,
      ...settings,
    });
  }
  const run = npmStart(dataDir, firstPort, settings);
  onTestFinished(() => {
    for (const line of processesOn(run.dataDir)) process.kill(Number.parseInt(line, 10), "SIGKILL");
  });
  return run;
}

async function expectNothingLeft({ npm, dataDir }: NpmStart, signal: NodeJS.Signals): Promise<void> {
  const exited = once(npm, "exit");
  npm.kill(signal);
  await exited;
  await waitFor(() => processesOn(dataDir).length === 0).catch(() => {});
  expect(processesOn(dataDir)).toEqual([]);
  expect(readdirSync(dataDir).filter((name) => name.endsWith(".pid"))).toEqual([]);
}

test.each([
  { file: "lock", signal: "SIGINT" },
  { file: "dynamodb.pid", signal: "SIGTERM" },
  { file: "sqs.pid", signal: "SIGINT" },
  { file: "signing-secret", signal: "SIGTERM" },
  { file: "worker.pid", signal: "SIGTERM" },
  { file: "lock", signal: "SIGKILL" },
  { file: "sqs.pid", signal: "SIGHUP" },
  { file: "worker.pid", signal: "SIGKILL" },
] as const)(
  "$signal while it starts, once there is $file, leaves nothing behind",
  async ({ file, signal }) => {
    const run = await start({ hasAll: file === "signing-secret" || file === "worker.pid" });
    await waitFor(() => existsSync(join(run.dataDir, file)), startMs);
    await expectNothingLeft(run, signal);
  },
);

test.each(["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL"] as const)(
  "%s to npm stops the platform",
  async (signal) => {
    const run = await start({ hasAll: true });
    await waitFor(() => run.output().includes("ready after"), startMs);
    await expectNothingLeft(run, signal);
  },
);
