/**
 * Resolves the platform that a command works on. Precedence: options, then the environment and .env, then defaults.
 *
 * The API is at --url, PLATFORM_URL, GATEWAY_URL, or HTTP_PORT on this machine. Table and queues are at
 * AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL_SQS or AWS_ENDPOINT_URL; for stage local in the emulators of the platform
 * on that HTTP port; for other stages on AWS.
 */
import { resolve } from "node:path";
import {
  DynamoDBClient,
  DynamoDBServiceException,
  ResourceNotFoundException,
} from "@aws-sdk/client-dynamodb";
import { QueueDoesNotExist, SQSClient, SQSServiceException } from "@aws-sdk/client-sqs";
import type { Command } from "commander";
import { exitOnProblem, Problem } from "../problem.ts";
import { type Resources, tableInputs } from "../stack/cloudformation.ts";
import { readResources } from "../stack/template.ts";
import { dataDirOf } from "./data-dir.ts";
import { type RunningPlatform, runningPlatforms } from "./running-platforms.ts";
import { readPort, readUrl, stageNameFault } from "./settings.ts";

const root = resolve(import.meta.dirname, "../..");

type Service = "DynamoDB" | "SQS";

export interface TargetOptions {
  readonly stage?: string | undefined;
  readonly url?: string | undefined;
}

const urlDefault = "default: PLATFORM_URL, GATEWAY_URL, or HTTP_PORT";

/** Arguments of `option()` for commands that only need the platform's API. */
export const urlOption = ["--url <url>", `address of the platform (${urlDefault})`] as const;

export const missingCredentials =
  "No AWS credentials. Set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or sign in with `aws sso login`.";

/** Adds the options that select the platform. */
export function addTargetOptions(command: Command): Command {
  return command
    .option("--stage <stage>", "stage to work on (default: STAGE, or local)")
    .option("--url <url>", `address of a platform on this machine (${urlDefault})`);
}

export interface Target {
  readonly stage: string;
  /** Prefix of its queues' names. */
  readonly prefix: string;
  readonly tableName: string;
  readonly resources: Resources;
  /** True for the emulators that `npm start` runs. */
  readonly embedded: boolean;
  /** Absolute path of the data folder of `npm start`. */
  readonly dataDir: string;
  /** Names the platform in messages: `stage local at http://127.0.0.1:4566`. */
  readonly description: string;
  dynamodb(): DynamoDBClient;
  sqs(): SQSClient;
  /** Ends the process with the error; one that the user can fix is printed as a sentence. */
  fail(error: unknown): never;
}

/**
 * Returns the address of the platform's API, without a trailing slash.
 *
 * @throws Problem if it is no HTTP URL, or unknown because the stage is on AWS
 */
export function resolveUrl(options: TargetOptions, env: NodeJS.ProcessEnv): string {
  if (options.url) return readUrl("--url", options.url);
  for (const name of ["PLATFORM_URL", "GATEWAY_URL"]) if (env[name]) return readUrl(name, env[name]);
  const stage = stageOf(options, env);
  if (stage !== "local" && !env.AWS_ENDPOINT_URL) {
    throw new Problem(
      `Stage ${stage} is on AWS. Set --url or PLATFORM_URL to its HttpApiUrl, which deploy prints.`,
    );
  }
  return `http://localhost:${readPort(env, "HTTP_PORT", 8080)}`;
}

/** Prints on stderr which platform a command talks to, before it acts. */
export function announceTarget(description: string): void {
  console.error(`Target: ${description}`);
}

/** Resolves and announces the target of a command. @throws Problem if the settings do not identify a platform */
export function openTarget(options: TargetOptions): Target {
  const target = resolveTarget(options, process.env);
  announceTarget(target.description);
  return target;
}

/** @throws Problem if the settings do not identify a platform */
export function resolveTarget(
  options: TargetOptions,
  env: NodeJS.ProcessEnv,
  running = runningPlatforms,
): Target {
  const stage = stageOf(options, env);
  const nameFault = stageNameFault(stage);
  if (nameFault) throw new Problem(nameFault);
  const region = env.AWS_REGION || "eu-central-1";
  const given: Readonly<Record<Service, string | undefined>> = {
    DynamoDB: readEndpoint(env, "AWS_ENDPOINT_URL_DYNAMODB"),
    SQS: readEndpoint(env, "AWS_ENDPOINT_URL_SQS"),
  };
  const endpoints = Object.values(given).filter((endpoint) => endpoint !== undefined).length;
  if (options.url !== undefined && (stage !== "local" || endpoints > 0)) {
    throw new Problem(
      `--url selects a platform on this machine, but ${stage === "local" ? "AWS_ENDPOINT_URL is set" : `the stage is ${stage}`}. Remove one of them.`,
    );
  }
  const isLocal = stage === "local" && endpoints < 2;
  // Looked up when used: deleting the data of a stopped platform needs no emulators.
  let local: Local | undefined;
  const localTarget = () => {
    local ??= isLocal ? localEndpoints(options, env, running()) : { embedded: false };
    return local;
  };
  const endpointOf = (service: Service) => given[service] ?? localTarget().endpoints?.[service];
  const nameOf = (service: Service) => endpointOf(service) ?? `AWS in ${region}`;
  const configOf = (service: Service) => {
    const endpoint = endpointOf(service);
    return {
      region,
      ...(endpoint && { endpoint, credentials: { accessKeyId: "local", secretAccessKey: "local" } }),
      requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000 },
    };
  };
  const platform = isLocal ? platformAt(resolveUrl(options, env), running()) : undefined;
  const resources = readResources(root, stage);

  const explain = (thrown: unknown): unknown => {
    const error = causeOf(thrown);
    const { name, code, message } = error as { name?: string; code?: string; message?: string };
    const service = serviceOf(error, endpointOf("SQS"));
    if (error instanceof QueueDoesNotExist || error instanceof ResourceNotFoundException) {
      const what = service === "SQS" ? "queues" : "table";
      return new Problem(
        `${nameOf(service)} has no ${what} of stage ${stage}. Start or deploy the platform first.`,
      );
    }
    if (error instanceof SQSServiceException || error instanceof DynamoDBServiceException) {
      return new Problem(`${nameOf(service)}: ${message}`);
    }
    if (name === "CredentialsProviderError") return new Problem(missingCredentials);
    if (code === "ECONNREFUSED" || name === "TimeoutError") {
      return new Problem(
        `${service} is not reachable at ${nameOf(service)}. Start the platform, or set EMULATOR_PORT or AWS_ENDPOINT_URL to its address.`,
      );
    }
    return thrown;
  };

  return {
    stage,
    prefix: `incident-platform-${stage}-`,
    tableName: tableInputs(resources)[0]?.create.TableName ?? "",
    resources,
    embedded: isLocal && endpoints === 0 && !platform?.endpoint,
    dataDir: dataDirOf(env.DATA_DIR || platform?.dataDir),
    get description() {
      return `stage ${stage} at ${nameOf("DynamoDB")}`;
    },
    dynamodb: () => new DynamoDBClient({ ...configOf("DynamoDB"), maxAttempts: 5 }),
    sqs: () => new SQSClient({ ...configOf("SQS"), useQueueUrlAsEndpoint: false, maxAttempts: 2 }),
    fail: (error) => exitOnProblem(explain(error)),
  };
}

function stageOf({ stage }: TargetOptions, env: NodeJS.ProcessEnv): string {
  return stage || env.STAGE || "local";
}

function readEndpoint(env: NodeJS.ProcessEnv, ofService: string): string | undefined {
  const name = env[ofService] ? ofService : "AWS_ENDPOINT_URL";
  return env[name] ? readUrl(name, env[name]) : undefined;
}

interface Local {
  readonly embedded: boolean;
  readonly endpoints?: Readonly<Record<Service, string>>;
}

/**
 * Returns the endpoints of the local platform on the HTTP port.
 *
 * @throws Problem if the emulators on the default port belong to another platform
 */
function localEndpoints(
  options: TargetOptions,
  env: NodeJS.ProcessEnv,
  running: readonly RunningPlatform[],
): Local {
  const url = resolveUrl(options, env);
  const platform = platformAt(url, running);
  if (!loopback.has(new URL(url).hostname)) {
    throw new Problem(`${url} is not on this machine. Select a deployed platform with --stage.`);
  }
  if (platform?.endpoint) {
    return { embedded: false, endpoints: { DynamoDB: platform.endpoint, SQS: platform.endpoint } };
  }
  // Where nothing else selects a platform, its emulators do. A copied .env sets both ports, though.
  const isUrlDefault = options.url === undefined && !env.PLATFORM_URL && !env.GATEWAY_URL && !env.HTTP_PORT;
  const setPort = readPort(env, "EMULATOR_PORT", defaultEmulatorPort);
  if (env.EMULATOR_PORT && isUrlDefault) return embeddedAt(setPort);
  const port = platform?.emulatorPort ?? setPort;
  const owner = running.find(({ emulatorPort }) => emulatorPort === port);
  if (owner && owner !== platform) {
    throw new Problem(
      `No platform is running at ${url}. The emulators on port ${port} belong to the platform on ` +
        `port ${owner.httpPort}. Start the platform, or set HTTP_PORT or EMULATOR_PORT.`,
    );
  }
  return embeddedAt(port);
}

const loopback: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);
const defaultEmulatorPort = 4_566;

function embeddedAt(port: number): Local {
  return {
    embedded: true,
    endpoints: { DynamoDB: `http://127.0.0.1:${port}`, SQS: `http://127.0.0.1:${port + 1}` },
  };
}

function platformAt(url: string, running: readonly RunningPlatform[]): RunningPlatform | undefined {
  const { port, protocol } = new URL(url);
  const httpPort = Number(port || (protocol === "https:" ? 443 : 80));
  return running.find((each) => each.httpPort === httpPort);
}

/** Returns the SDK's error, which ours have as their cause. */
function causeOf(error: unknown): unknown {
  return error instanceof Error && error.cause !== undefined ? causeOf(error.cause) : error;
}

function serviceOf(error: unknown, sqsEndpoint: string | undefined): Service {
  if (error instanceof SQSServiceException) return "SQS";
  const { port } = error as { port?: number };
  return port !== undefined && sqsEndpoint !== undefined && Number(new URL(sqsEndpoint).port) === port
    ? "SQS"
    : "DynamoDB";
}
