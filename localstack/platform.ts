/** The emulators, their resources and the pollers of one run, in the order in which they come and go. */
import { openSync, rmSync } from "node:fs";
import { constants } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { holdDataDir } from "../infra/operate/data-dir.ts";
import { reap } from "../infra/operate/reap.ts";
import { exitOnProblem } from "../infra/problem.ts";
import {
  type Lookup,
  mergeResources,
  type Resources,
  resolveIntrinsics,
} from "../infra/stack/cloudformation.ts";
import { buildBundles, exporterIn } from "./bundles.ts";
import { type Child, saysReady, startChild } from "./child.ts";
import { checkSpace, explainFullDisk } from "./disk.ts";
import { type Emulators, startEmulators } from "./emulators.ts";
import { eventSources, type WithEvents } from "./event-sources.ts";
import { keepBodies, keepToTools } from "./gatekeeper.ts";
import type { FunctionDefinition } from "./invoke.ts";
import { splitOutput } from "./output.ts";
import { onParentExit } from "./parent.ts";
import { checkPort } from "./ports.ts";
import { provisionPatiently } from "./provision.ts";
import { readSettings, type Settings } from "./settings.ts";
import { keptSigningSecret } from "./signing-secret.ts";
import type { Work } from "./worker.ts";

/** What has to stand before the gateway starts. */
export interface Foundation {
  readonly settings: Settings;
  readonly emulators: Emulators;
  /** Root of the handlers' paths. */
  readonly bundles: string;
  /** From here on signals call `stop`, and errors that no function caught no longer end the process. */
  serve(announcement: string, stop: () => Promise<void>): void;
  /** Ends the process with what went wrong while it started. */
  fail(error: unknown): never;
}

/** The parts of a resolved serverless.yml that matter here. */
export interface Service {
  readonly custom: { readonly "serverless-offline": { location?: string } };
  readonly resources: unknown;
  readonly provider: {
    readonly region: string;
    readonly timeout?: number;
    environment?: Record<string, unknown>;
  };
  readonly functions: Record<
    string,
    FunctionDefinition & WithEvents & { environment?: Record<string, unknown> }
  >;
}

let foundation: Promise<Foundation> | undefined;

/** Laid once a process: early by start.ts, while the serverless CLI is still loading; else by the plugin. */
export function layFoundation(): Promise<Foundation> {
  foundation ??= lay().catch((error) => {
    throw explainFullDisk(error, readSettings(process.env).dataDir);
  });
  return foundation;
}

async function lay(): Promise<Foundation> {
  const settings = readSettings(process.env);
  const stopInOrder = stopOnSignals();
  holdDataDir(settings.dataDir);
  process.once("exit", () => rmSync(join(settings.dataDir, "platform.pid"), { force: true }));
  await checkPort(settings.httpHost, settings.httpPort, "HTTP_PORT");
  await checkPort(settings.httpHost, settings.lambdaPort, "LAMBDA_PORT");
  if (settings.exporter) await checkPort(settings.exporterHost, settings.exporterPort, "EXPORTER_PORT");
  keepToTools([settings.lambdaPort]);
  keepBodies(settings.httpPort);
  checkSpace(settings.dataDir);
  const [emulators, bundles] = await Promise.all([
    startEmulators(settings),
    settings.bundles ?? buildBundles(settings.dataDir),
  ]);
  const output = splitOutput(logFileIn(settings.dataDir));
  return {
    settings,
    emulators,
    bundles,
    fail: (error) => exitOnProblem(explainFullDisk(error, settings.dataDir)),
    serve(announcement, stop) {
      stopInOrder(stop);
      output.say(announcement);
      output.open();
      process.setUncaughtExceptionCaptureCallback((error) =>
        console.error("Not caught by any function:", error),
      );
    },
  };
}

/**
 * Ends the process on a signal, or when npm is gone: at once while it starts, and with it all that it started.
 *
 * @returns sets what is called instead
 */
function stopOnSignals(): (stop: () => Promise<void>) => void {
  let stop: (() => Promise<void>) | undefined;
  const end = (signal: "SIGHUP" | "SIGINT" | "SIGTERM") =>
    stop ? stop() : process.exit(128 + constants.signals[signal]);
  for (const signal of ["SIGHUP", "SIGINT", "SIGTERM"] as const) process.on(signal, () => end(signal));
  onParentExit(() => end("SIGHUP"));
  return (given) => {
    stop = given;
  };
}

/** Creates tables and queues, and puts their names and the emulators' addresses where the functions look for them. */
export async function prepare(
  service: Service,
  { settings, emulators, bundles }: Foundation,
): Promise<Lookup> {
  const { provider, functions, custom } = service;
  custom["serverless-offline"].location = bundles;
  process.env.BUNDLES_DIR = bundles;
  Object.assign(process.env, emulators.env, { AWS_REGION: provider.region });
  delete process.env.AWS_PROFILE; // would be looked up in a configuration that we hide
  if (!provider.environment?.SIGNING_SECRET) {
    provider.environment = { ...provider.environment, SIGNING_SECRET: keptSigningSecret(settings.dataDir) };
  }
  const dynamodb = new DynamoDBClient();
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  const lookup = await provisionPatiently(mergeResources(service.resources), dynamodb, sqs, provider.region);
  dynamodb.destroy();
  sqs.destroy();
  for (const owner of [provider, ...Object.values(functions)]) {
    if (!owner.environment) continue;
    owner.environment = resolveIntrinsics(owner.environment, lookup) as Record<string, unknown>;
    Object.assign(process.env, owner.environment); // functions share this process and so its environment
  }
  return lookup;
}

/** The first admin key of a platform that asks for keys and has none; else undefined. */
export async function makeFirstKey(): Promise<string | undefined> {
  const { STAGE, AUTH, API_KEYS, TABLE_NAME = "" } = process.env;
  if ((STAGE === "local" && AUTH !== "required") || API_KEYS) return undefined;
  const { firstKeyOf } = await import("./first-key.ts");
  return firstKeyOf(TABLE_NAME);
}

/** Starts the process that consumes every queue of an `sqs` event. */
export async function startWorker(service: Service, lookup: Lookup, foundation: Foundation): Promise<Child> {
  const { dataDir } = foundation.settings;
  const { region, timeout = 6 } = service.provider;
  const work: Work = {
    resources: tablesAndQueues(mergeResources(service.resources)),
    shared: foundation.settings.endpoint !== undefined,
    sources: eventSources(service.functions, lookup).flatMap((source) => {
      const definition = service.functions[source.functionKey];
      if (!definition) return [];
      const { name, handler } = definition;
      return { ...source, definition: { name, handler, timeout: definition.timeout ?? timeout } };
    }),
    region,
    bundles: foundation.bundles,
    logFile: logFileIn(dataDir),
  };
  const pidFile = join(dataDir, "worker.pid");
  await reap(pidFile);
  const worker = await startChild({
    name: "The worker",
    command: process.execPath,
    args: [
      "--max-semi-space-size=4", // short bursts of small objects: a larger nursery only holds memory
      fileURLToPath(new URL("./worker.ts", import.meta.url)),
      JSON.stringify(work),
    ],
    pidFile,
    output: "inherit",
    ready: saysReady,
  });
  return worker;
}

/** What is created here of a stack. Its hundreds of other resources are too many for the argument of a process. */
function tablesAndQueues(resources: Resources): Resources {
  return Object.fromEntries(
    Object.entries(resources).filter(([, { Type }]) => /^AWS::(DynamoDB::Table|SQS::Queue)$/.test(Type)),
  );
}

/** Starts the metrics exporter; what it has to say goes to the log. */
export async function startExporter({ settings, bundles }: Foundation): Promise<Child> {
  const pidFile = join(settings.dataDir, "exporter.pid");
  await reap(pidFile);
  const exporter = await startChild({
    name: "The exporter",
    command: process.execPath,
    args: ["--max-semi-space-size=2", exporterIn(bundles)],
    env: {
      ...process.env,
      NODE_COMPILE_CACHE: "node_modules/.cache/local-platform",
      GATEWAY_URL: process.env.GATEWAY_URL || gatewayUrlFrom(settings),
    },
    pidFile,
    output: openSync(logFileIn(settings.dataDir), "a"),
    ready: saysReady,
  });
  return exporter;
}

/** As it is reached from this machine. */
function gatewayUrlFrom({ httpHost, httpPort }: Settings): string {
  const host = httpHost === "0.0.0.0" || httpHost === "::" ? "127.0.0.1" : httpHost;
  return `http://${host.includes(":") ? `[${host}]` : host}:${httpPort}`;
}

function logFileIn(dataDir: string): string {
  return join(dataDir, "platform.log");
}
