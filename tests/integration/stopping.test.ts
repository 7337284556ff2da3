/** Stopping `npm start` by signals, as people and supervisors do: npm gets the signal, not the process below it. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { freePorts, temporaryFolder, waitFor } from "../support/platform/platform.ts";
import { processesOn } from "../support/platform/processes.ts";

/** A start on a busy machine. */
const startMs = 90_000;

interface Run {
  readonly npm: ChildProcess;
  readonly dataDir: string;
  readonly output: () => string;
}

async function npmStart(): Promise<Run> {
  const dataDir = temporaryFolder();
  const base = await freePorts(5);
  const npm = spawn("npm", ["start"], {
    cwd: resolve(import.meta.dirname, "../.."),
    env: {
      ...process.env,
      HTTP_PORT: `${base}`,
      LAMBDA_PORT: `${base + 1}`,
      EMULATOR_PORT: `${base + 2}`,
      EXPORTER_PORT: `${base + 4}`,
      DATA_DIR: dataDir,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [npm.stdout, npm.stderr]) stream.on("data", (chunk) => (printed += chunk));
  onTestFinished(() => {
    for (const line of processesOn(dataDir)) process.kill(Number.parseInt(line, 10), "SIGKILL");
  });
  return { npm, dataDir, output: () => printed };
}

async function expectNothingLeft({ npm, dataDir }: Run, signal: NodeJS.Signals): Promise<void> {
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
    const run = await npmStart();
    await waitFor(() => existsSync(join(run.dataDir, file)), startMs);
    await expectNothingLeft(run, signal);
  },
);

test.each(["SIGTERM", "SIGINT", "SIGHUP", "SIGKILL"] as const)(
  "%s to npm stops the platform",
  { timeout: 120_000 },
  async (signal) => {
    const run = await npmStart();
    await waitFor(() => run.output().includes("ready after"), startMs);
    await expectNothingLeft(run, signal);
  },
);
