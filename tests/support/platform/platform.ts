/** Real emulators and platforms, each with separate ports and data folder. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import type { Lookup } from "../../../infra/stack/cloudformation.ts";
import { readEnvironment, readResources } from "../../../infra/stack/template.ts";
import { type Emulators, startEmulators as start } from "../../../localstack/emulators/emulators.ts";
import { heapFlags, NODE_SETTINGS } from "../../../localstack/processes/node-settings.ts";
import { provision } from "../../../localstack/provision/provision.ts";
import { leanClient } from "../../../shared/aws/lean-client.ts";
import { sharedBundles } from "./shared-bundles.ts";
import { provideService } from "./shared-service.ts";

const ROOT = resolve(import.meta.dirname, "../../..");
const STAGE = "local";
/** A start on a busy machine. */
export const startMs = 100_000;
export const REGION = "eu-central-1";

export interface TestEmulators {
  /** Endpoints, region and credentials for SDK clients, with TABLE_NAME and *_QUEUE_URL as in functions. */
  readonly env: Readonly<Record<string, string>>;
  readonly dataDir: string;
  readonly lookup: Lookup;
  readonly dynamodb: DynamoDBClient;
  readonly sqs: SQSClient;
  readonly children: Emulators["children"];
  /** Deletes the folder too, unless it was given. */
  stop(): Promise<void>;
}

/** Starts the embedded emulators with the table and the queues of infra/. */
export async function startEmulators({ dataDir }: { dataDir?: string } = {}): Promise<TestEmulators> {
  const folder = dataDir ?? temporaryFolder();
  mkdirSync(folder, { recursive: true });
  const emulatorPort = await freePorts(2);
  const emulators = await start({ dataDir: folder, emulatorPort, endpoint: undefined });
  const { dynamodb, sqs } = clients(emulators.env);
  const lookup = await provision(readResources(ROOT, STAGE), dynamodb, sqs, REGION);
  return {
    env: {
      ...emulators.env,
      AWS_REGION: REGION,
      ...readEnvironment(ROOT, STAGE, lookup),
      PAGE_BUNDLING_SECONDS: "0",
    },
    dataDir: folder,
    lookup,
    dynamodb,
    sqs,
    children: emulators.children,
    async stop() {
      dynamodb.destroy();
      sqs.destroy();
      await emulators.stop();
      if (!dataDir) rmSync(folder, { recursive: true, force: true });
    },
  };
}

export function clients(env: Readonly<Record<string, string>>): { dynamodb: DynamoDBClient; sqs: SQSClient } {
  const { AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL_SQS, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY } = env;
  const credentials = { accessKeyId: AWS_ACCESS_KEY_ID ?? "", secretAccessKey: AWS_SECRET_ACCESS_KEY ?? "" };
  const shared = { region: REGION, credentials };
  return {
    dynamodb: leanClient(new DynamoDBClient({ ...shared, endpoint: AWS_ENDPOINT_URL_DYNAMODB ?? "" })),
    sqs: leanClient(
      new SQSClient({ ...shared, endpoint: AWS_ENDPOINT_URL_SQS ?? "", useQueueUrlAsEndpoint: false }),
    ),
  };
}

export interface TestPlatform {
  readonly url: string;
  /** URL of the metrics exporter. */
  readonly exporterUrl: string;
  readonly dataDir: string;
  readonly pid: number;
  /** Endpoints of its emulators, for `clients(env)`. */
  readonly env: Readonly<Record<string, string>>;
  /** Returns its output since the last start. */
  output(): string;
  /** Sends SIGKILL to the main process only. */
  kill9(): Promise<void>;
  /** Sends SIGTERM. @returns the exit code */
  stop(): Promise<number | null>;
  /** Restarts with the same ports and data. Stops a running platform first. */
  restart(): Promise<void>;
}

/** Starts the platform like `npm start` and waits until it responds. */
export async function startPlatform(
  options: { dataDir?: string; env?: Record<string, string>; root?: string } = {},
): Promise<TestPlatform> {
  const root = options.root ?? ROOT;
  const dataDir = options.dataDir ?? temporaryFolder();
  const base = await freePorts(5);
  const url = `http://127.0.0.1:${base}`;
  const bundles = options.root ? undefined : await sharedBundles();
  const env = {
    ...process.env,
    ...NODE_SETTINGS,
    ...portsFrom(base),
    // It ends with the process of the tests, even if that is killed.
    PARENT_PID: `${process.pid}`,
    DATA_DIR: dataDir,
    ...(bundles && { PREBUILT_BUNDLES: bundles }),
    // Tests page the same few people, and wait for each page.
    PAGE_BUNDLING_SECONDS: "0",
    ...options.env,
  };
  if (!options.root) await provideService(root, dataDir, env);
  let child: ChildProcess;
  let printed = "";

  async function launch(): Promise<void> {
    // Same command as `npm start`.
    child = spawn(process.execPath, [...heapFlags(8, 48), join(root, "localstack/start.ts")], {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "pipe"],
    });
    printed = "";
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on("data", (chunk) => {
        printed += chunk;
      });
    }
    const gone = once(child, "close").then(() => {
      throw new Error(`The platform ended with ${child.exitCode ?? child.signalCode}:\n${printed}`);
    });
    const answers = waitFor(
      async () => printed.includes("ready after") && Boolean(await fetch(`${url}/health/web`)),
      startMs,
    );
    gone.catch(() => {});
    try {
      await Promise.race([answers, gone]);
    } catch (error) {
      child.kill("SIGKILL");
      throw error;
    }
  }

  async function end(signal: NodeJS.Signals): Promise<number | null> {
    if (ended()) return child.exitCode;
    const exited = once(child, "exit");
    child.kill(signal);
    await exited;
    return child.exitCode;
  }

  const ended = () => child.exitCode !== null || child.signalCode !== null;

  await launch();
  return {
    url,
    exporterUrl: `http://127.0.0.1:${base + 4}`,
    dataDir,
    get pid() {
      return child.pid ?? -1;
    },
    env: {
      AWS_ENDPOINT_URL_DYNAMODB: `http://127.0.0.1:${base + 2}`,
      AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${base + 3}`,
      AWS_ACCESS_KEY_ID: "local",
      AWS_SECRET_ACCESS_KEY: "local",
      AWS_REGION: REGION,
    },
    output: () => printed,
    kill9: async () => void (await end("SIGKILL")),
    stop: () => end("SIGTERM"),
    async restart() {
      await end("SIGTERM");
      await launch();
    },
  };
}

/**
 * Polls until `condition` is true, ever less often: it takes at most an eighth longer than necessary, and long waits
 * leave the processor to others. Errors count as false and are thrown at the timeout.
 */
export async function waitFor(
  condition: () => boolean | Promise<boolean>,
  timeoutMs = 30_000,
  everyMs?: number,
): Promise<void> {
  const start = Date.now();
  let failure: unknown;
  for (;;) {
    try {
      if (await condition()) return;
      failure = undefined;
    } catch (error) {
      failure = error;
    }
    const waitedMs = Date.now() - start;
    if (waitedMs > timeoutMs) throw failure ?? new Error(`Not within ${timeoutMs} ms: ${condition}`);
    await delay(everyMs ?? Math.max(50, waitedMs / 8));
  }
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), "platform-"));
}

/** Settings of a platform's ports. @param first of five free ones */
export function portsFrom(first: number): Readonly<Record<string, string>> {
  return {
    HTTP_PORT: `${first}`,
    LAMBDA_PORT: `${first + 1}`,
    EMULATOR_PORT: `${first + 2}`,
    EXPORTER_PORT: `${first + 4}`,
  };
}

/** Ports come in blocks. The first of a block is held as long as this process lives, so that no other one takes the block. */
const portsPerBlock = 8;
const blocks = 1_500;

/** @returns the first of `count` consecutive ports that are free, and that no other process of tests gets */
export async function freePorts(count: number): Promise<number> {
  for (;;) {
    const guard = 20_000 + portsPerBlock * Math.floor(Math.random() * blocks);
    const holder = await listenOn(guard);
    if (!holder) continue;
    holder.unref();
    const ports = Array.from({ length: count }, (_, index) => guard + 1 + index);
    const free = await Promise.all(ports.map(isFree));
    if (free.every(Boolean)) return guard + 1;
    holder.close();
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = await listenOn(port);
  if (!server) return false;
  await promisify(server.close.bind(server))();
  return true;
}

/** @returns undefined if the port is taken */
function listenOn(port: number): Promise<Server | undefined> {
  const server = createServer();
  return new Promise((done) => {
    server.once("error", () => done(undefined)).listen(port, "127.0.0.1", () => done(server));
  });
}
