/**
 * Locates the table and queues of a stage for operator tools: AWS_ENDPOINT_URL_DYNAMODB, AWS_ENDPOINT_URL_SQS
 * or AWS_ENDPOINT_URL if set, otherwise the embedded emulators for the stage local, otherwise AWS.
 */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import {
  DynamoDBClient,
  DynamoDBServiceException,
  ResourceNotFoundException,
} from "@aws-sdk/client-dynamodb";
import { QueueDoesNotExist, SQSClient, SQSServiceException } from "@aws-sdk/client-sqs";
import { exitOnProblem, Problem } from "../problem.ts";
import { type Resources, tableInputs } from "../stack/cloudformation.ts";
import { readResources } from "../stack/template.ts";

const root = resolve(import.meta.dirname, "../..");

type Service = "DynamoDB" | "SQS";

export interface Target {
  readonly stage: string;
  /** Prefix of its queue names. */
  readonly prefix: string;
  readonly tableName: string;
  readonly resources: Resources;
  /** True for the emulators of `npm start`. */
  readonly embedded: boolean;
  /** Name for messages. */
  readonly description: string;
  dynamodb(): DynamoDBClient;
  sqs(): SQSClient;
  /** Ends the process with an error message, without a stack if the user can fix the problem. */
  fail(error: unknown): never;
}

/** Loads the platform's settings. Call it before the environment is read. */
export function loadSettings(): void {
  if (existsSync(`${root}/.env`)) process.loadEnvFile(`${root}/.env`);
}

/** Parses the command line. For invalid input, prints the usage and ends the process. */
export function orUsage<T>(usage: string, parse: () => T): T {
  try {
    return parse();
  } catch (error) {
    return exitOnProblem(new Problem(`${(error as Error).message}\n\n${usage}`));
  }
}

export function resolveTarget(stage: string, env: NodeJS.ProcessEnv): Target {
  const region = env.AWS_REGION || "eu-central-1";
  const port = Number(env.EMULATOR_PORT || 4566);
  const given: Readonly<Record<Service, string | undefined>> = {
    DynamoDB: env.AWS_ENDPOINT_URL_DYNAMODB || env.AWS_ENDPOINT_URL,
    SQS: env.AWS_ENDPOINT_URL_SQS || env.AWS_ENDPOINT_URL,
  };
  const local = { DynamoDB: `http://127.0.0.1:${port}`, SQS: `http://127.0.0.1:${port + 1}` };
  const endpointOf = (service: Service) => given[service] ?? (stage === "local" ? local[service] : undefined);
  const nameOf = (service: Service) => endpointOf(service) ?? `AWS in ${region}`;
  const configOf = (service: Service) => {
    const endpoint = endpointOf(service);
    return {
      region,
      ...(endpoint && { endpoint, credentials: { accessKeyId: "local", secretAccessKey: "local" } }),
      requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000 },
    };
  };
  const resources = readResources(root, stage);

  const explain = (thrown: unknown): unknown => {
    const error = causeOf(thrown);
    const { name, code, message } = error as { name?: string; code?: string; message?: string };
    const service = serviceOf(error, endpointOf("SQS"));
    if (error instanceof QueueDoesNotExist || error instanceof ResourceNotFoundException) {
      const what = service === "SQS" ? "queues" : "table";
      return new Problem(
        `The ${what} of stage ${stage} can't be found at ${nameOf(service)}. Has it been deployed or started?`,
      );
    }
    if (error instanceof SQSServiceException || error instanceof DynamoDBServiceException) {
      return new Problem(`${nameOf(service)}: ${message}`);
    }
    if (name === "CredentialsProviderError") return new Problem(`AWS in ${region}: ${message}`);
    if (code === "ECONNREFUSED" || name === "TimeoutError") {
      return new Problem(
        `${service} doesn't answer at ${nameOf(service)}. Start the platform, or set EMULATOR_PORT or AWS_ENDPOINT_URL to where it is.`,
      );
    }
    return thrown;
  };

  return {
    stage,
    prefix: `incident-platform-${stage}-`,
    tableName: tableInputs(resources)[0]?.create.TableName ?? "",
    resources,
    embedded: stage === "local" && !given.DynamoDB && !given.SQS,
    description: `stage ${stage} at ${nameOf("DynamoDB")}`,
    dynamodb: () => new DynamoDBClient({ ...configOf("DynamoDB"), maxAttempts: 5 }),
    sqs: () => new SQSClient({ ...configOf("SQS"), useQueueUrlAsEndpoint: false, maxAttempts: 2 }),
    fail: (error) => exitOnProblem(explain(error)),
  };
}

/** Returns the SDK's error, which is the cause of ours. */
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
