import { chmodSync, existsSync, openSync } from "node:fs";
import { createRequire } from "node:module";
import { connect } from "node:net";
import { devNull } from "node:os";
import { dirname, join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { reap } from "../../infra/operate/reap.ts";
import { Problem } from "../../infra/problem.ts";
import { prebuiltSqsServer } from "../platform/bundles.ts";
import { checkPort } from "../platform/ports.ts";
import type { Settings } from "../platform/settings.ts";
import { type Child, saysReady, startChild } from "../processes/child.ts";
import { heapFlags } from "../processes/node-settings.ts";

export interface Emulators {
  /** Environment variables for SDK clients. */
  readonly env: Readonly<Record<string, string>>;
  /** Location, for messages. */
  readonly description: string;
  readonly children: readonly Child[];
  stop(): Promise<void>;
}

/** Returns DynamoDB and SQS: a given endpoint, or child processes with data in `dataDir`. */
export async function startEmulators(
  settings: Pick<Settings, "emulatorPort" | "dataDir" | "endpoint"> & Partial<Pick<Settings, "bundles">>,
): Promise<Emulators> {
  if (settings.endpoint) {
    await waitForEndpoint(settings.endpoint);
    return {
      env: sdkEnvironment(settings.endpoint, settings.endpoint),
      description: `DynamoDB and SQS at ${settings.endpoint}`,
      children: [],
      stop: async () => {},
    };
  }
  const { dataDir, emulatorPort } = settings;
  const binary = findDynoxide();
  const dynamodbPid = join(dataDir, "dynamodb.pid");
  const sqsPid = join(dataDir, "sqs.pid");
  await Promise.all([reap(dynamodbPid), reap(sqsPid)]);
  await Promise.all(
    [emulatorPort, emulatorPort + 1].map((port) => checkPort("127.0.0.1", port, "EMULATOR_PORT")),
  );

  const output = openSync(join(dataDir, "emulators.log"), "w");
  const children = await allOrNone([
    startChild({
      name: "DynamoDB (dynoxide)",
      command: binary,
      args: [
        "serve",
        "--host",
        "127.0.0.1",
        "--port",
        `${emulatorPort}`,
        "--db-path",
        join(dataDir, "dynamodb.sqlite"),
      ],
      pidFile: dynamodbPid,
      output,
      ready: () => listening(emulatorPort),
    }),
    startChild({
      name: "SQS (fauxqs)",
      command: process.execPath,
      args: [...heapFlags(4, 16), sqsServer(settings.bundles), `${emulatorPort + 1}`, dataDir],
      pidFile: sqsPid,
      output,
      ready: saysReady,
    }),
  ]);
  return {
    env: sdkEnvironment(`http://127.0.0.1:${emulatorPort}`, `http://127.0.0.1:${emulatorPort + 1}`),
    description: `embedded: DynamoDB on port ${emulatorPort}, SQS on ${emulatorPort + 1}`,
    children,
    stop: async () => {
      await Promise.all(children.map((child) => child.stop()));
    },
  };
}

function sqsServer(bundles: string | undefined): string {
  const prebuilt = bundles && prebuiltSqsServer(bundles);
  return prebuilt && existsSync(prebuilt)
    ? prebuilt
    : fileURLToPath(new URL("./sqs-server.ts", import.meta.url));
}

/** Placeholder credentials, without the machine's own AWS configuration. */
function sdkEnvironment(dynamodb: string, sqs: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL_DYNAMODB: dynamodb,
    AWS_ENDPOINT_URL_SQS: sqs,
    AWS_ACCESS_KEY_ID: "local",
    AWS_SECRET_ACCESS_KEY: "local",
    AWS_SHARED_CREDENTIALS_FILE: devNull,
    AWS_CONFIG_FILE: devNull,
    AWS_EC2_METADATA_DISABLED: "true",
  };
}

/** Maximum wait for an endpoint to respond. LocalStack takes half a minute to start. */
const ENDPOINT_TIMEOUT_MS = 60_000;
/** Maximum wait while connections are refused, because the address may be wrong. */
const REFUSAL_TIMEOUT_MS = 15_000;

async function waitForEndpoint(endpoint: string): Promise<void> {
  const startedAt = performance.now();
  for (let tries = 1; ; tries += 1) {
    const fault = await faultOf(endpoint);
    if (fault === undefined) return;
    if (performance.now() - startedAt >= timeoutMsFor(fault)) {
      throw new Problem(
        `AWS_ENDPOINT_URL ${endpoint} does not respond. Start LocalStack there, or unset it to use the embedded emulators.`,
      );
    }
    if (tries === 1) console.error(`Waiting for AWS_ENDPOINT_URL ${endpoint} to respond …`);
    await delay(250);
  }
}

function timeoutMsFor(fault: string): number {
  if (fault === "") return 0; // not a valid address
  return fault === "ECONNREFUSED" || fault === "ENOTFOUND" ? REFUSAL_TIMEOUT_MS : ENDPOINT_TIMEOUT_MS;
}

/** @returns why an endpoint does not respond; undefined if it responds, with any status */
async function faultOf(endpoint: string): Promise<string | undefined> {
  try {
    await fetch(endpoint, { signal: AbortSignal.timeout(5_000) });
    return undefined;
  } catch (error) {
    const { cause, name } = error as { cause?: { code?: string }; name: string };
    return cause?.code ?? (name === "TimeoutError" ? name : "");
  }
}

function findDynoxide(): string {
  const packageName = `@dynoxide/${process.platform}-${process.arch}`;
  const configured = process.env.DYNOXIDE_BIN;
  if (configured) {
    if (existsSync(configured)) return configured;
    throw new Problem(`DYNOXIDE_BIN points to ${configured}, which doesn't exist.`);
  }
  try {
    const folder = dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`));
    const binary = join(folder, process.platform === "win32" ? "dynoxide.exe" : "dynoxide");
    chmodSync(binary, 0o755); // some installers drop the executable bit
    return binary;
  } catch {
    throw new Problem(
      `The embedded DynamoDB has no binary for this platform: run "npm install --no-save ${packageName}@1.2.1",\n` +
        "or set DYNOXIDE_BIN to a dynoxide binary, or AWS_ENDPOINT_URL to a running LocalStack.",
    );
  }
}

async function listening(port: number): Promise<void> {
  for (;;) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect({ host: "127.0.0.1", port });
      socket.once("connect", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (open) return;
    await delay(5);
  }
}

/** Stops the started processes if one of them fails. */
async function allOrNone(starting: Promise<Child>[]): Promise<Child[]> {
  const outcomes = await Promise.allSettled(starting);
  const failure = outcomes.find((outcome) => outcome.status === "rejected");
  const started = outcomes.flatMap((outcome) => (outcome.status === "fulfilled" ? [outcome.value] : []));
  if (!failure) return started;
  await Promise.all(started.map((child) => child.stop()));
  throw failure.reason;
}
