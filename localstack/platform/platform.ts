/** Creates the resources of a run, and starts its worker and its exporter. */
import { openSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { reap } from "../../infra/operate/reap.ts";
import {
  type Lookup,
  mergeResources,
  type Resources,
  resolveIntrinsics,
} from "../../infra/stack/cloudformation.ts";
import { configuredChannels } from "../../infra/stack/configured-channels.ts";
import { type Child, saysReady, startChild } from "../processes/child.ts";
import { heapFlags } from "../processes/node-settings.ts";
import { provisionPatiently } from "../provision/provision.ts";
import { eventSources } from "../queues/event-sources.ts";
import type { Work } from "../queues/worker.ts";
import type { Service } from "../service/service.ts";
import { exporterIn } from "./bundles.ts";
import { type Foundation, logFileIn } from "./foundation.ts";
import type { Settings } from "./settings.ts";
import { storedSigningSecret, storedVapidKeys } from "./stored-secrets.ts";

/** Creates tables and queues, and sets their names and endpoints in the environment of the functions. */
export async function prepare(
  service: Service,
  { settings, emulators, bundles }: Foundation,
): Promise<Lookup> {
  const { provider, functions, custom } = service;
  custom["serverless-offline"].location = bundles;
  process.env.BUNDLES_DIR = bundles;
  Object.assign(process.env, emulators.env, { AWS_REGION: provider.region });
  delete process.env.AWS_PROFILE; // its profile would be looked up in the hidden configuration
  addStoredSecrets(service, settings.dataDir);
  const dynamodb = new DynamoDBClient();
  const sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  const lookup = await provisionPatiently(mergeResources(service.resources), dynamodb, sqs, provider.region);
  dynamodb.destroy();
  sqs.destroy();
  for (const owner of [provider, ...Object.values(functions)]) {
    if (!owner.environment) continue;
    owner.environment = resolveIntrinsics(owner.environment, lookup) as Record<string, unknown>;
    Object.assign(process.env, owner.environment); // functions share this process and its environment
  }
  return lookup;
}

/** Adds the secrets that are not set, as the data folder has them. */
function addStoredSecrets({ provider, functions }: Service, dataDir: string): void {
  const environment = { ...provider.environment };
  provider.environment = environment;
  if (!environment.SIGNING_SECRET) environment.SIGNING_SECRET = storedSigningSecret(dataDir);
  const delivery = functions.deliverNotification;
  if (!delivery) return;
  if (!environment.VAPID_PUBLIC_KEY && !delivery.environment?.VAPID_PRIVATE_KEY) {
    const { publicKey, privateKey } = storedVapidKeys(dataDir);
    const publicPart = { VAPID_PUBLIC_KEY: publicKey };
    delivery.environment = { ...delivery.environment, ...publicPart, VAPID_PRIVATE_KEY: privateKey };
    Object.assign(environment, publicPart);
  }
  environment.CONFIGURED_CHANNELS = configuredChannels({ ...environment, ...delivery.environment });
}

/** Creates the first admin key of a platform that requires keys and has none; otherwise undefined. */
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
      ...heapFlags(4, 32),
      fileURLToPath(new URL("../queues/worker.ts", import.meta.url)),
      JSON.stringify(work),
    ],
    pidFile,
    output: "inherit",
    ready: saysReady,
  });
  return worker;
}

/**
 * Returns the resources to create locally, because hundreds of others would not fit into a process argument.
 */
function tablesAndQueues(resources: Resources): Resources {
  return Object.fromEntries(
    Object.entries(resources).filter(([, { Type }]) => /^AWS::(DynamoDB::Table|SQS::Queue)$/.test(Type)),
  );
}

/** Starts the metrics exporter. Its output goes to the log. */
export async function startExporter({ settings, bundles }: Foundation): Promise<Child> {
  const pidFile = join(settings.dataDir, "exporter.pid");
  await reap(pidFile);
  const exporter = await startChild({
    name: "The exporter",
    command: process.execPath,
    args: [...heapFlags(2, 16), exporterIn(bundles)],
    env: {
      ...process.env,
      GATEWAY_URL: process.env.GATEWAY_URL || gatewayUrlFrom(settings),
    },
    pidFile,
    output: openSync(logFileIn(settings.dataDir), "a"),
    ready: saysReady,
  });
  return exporter;
}

/** Starts the listener for email if it has a port. @returns a function that stops it */
export async function startEmail({ settings }: Foundation): Promise<() => Promise<void>> {
  if (!settings.smtp) return async () => {};
  const { startSmtpListener } = await import("../email/smtp-listener.ts");
  return startSmtpListener({ ...settings.smtp, gatewayUrl: gatewayUrlFrom(settings) });
}

/** Returns the local URL of the gateway. */
function gatewayUrlFrom({ httpHost, httpPort }: Settings): string {
  const host = httpHost === "0.0.0.0" || httpHost === "::" ? "127.0.0.1" : httpHost;
  return `http://${host.includes(":") ? `[${host}]` : host}:${httpPort}`;
}
