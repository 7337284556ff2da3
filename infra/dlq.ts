/**
 * `npm run dlq -- list | show <queue> | redrive <queue>`: what the platform could not process, and another try.
 *
 * The queues are where the platform's own are: at AWS_ENDPOINT_URL_SQS or AWS_ENDPOINT_URL if set, else for stage
 * local in the embedded emulator, else on AWS. StartMessageMoveTask is not used: emulators don't have it.
 */
import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { QueueDoesNotExist, SQSClient, SQSServiceException } from "@aws-sdk/client-sqs";
import { exitOnProblem, Problem } from "../localstack/problem.ts";
import { readResources } from "../localstack/template.ts";
import { list, redrive, show } from "./dlq/commands.ts";
import { findPair, type Pair, pairsOf } from "./dlq/pairs.ts";
import { sqsQueues } from "./dlq/sqs.ts";

const usage = `npm run dlq -- list               every queue with its dead letters
npm run dlq -- show <queue>       what lies in its dead-letter queue, and stays there
npm run dlq -- redrive <queue>    back to where it came from
  --stage <stage>   default: STAGE, or local
  --limit <n>       so many messages at most; 100 to show, 1000 to redrive`;

const root = resolve(import.meta.dirname, "..");
if (existsSync(`${root}/.env`)) process.loadEnvFile(`${root}/.env`);

const { positionals, stage, limit } = readArguments();
const region = process.env.AWS_REGION || "eu-central-1";
const endpoint = endpointOf(process.env);
const place = endpoint ?? `AWS in ${region}`;

await run().catch((error) => exitOnProblem(explain(error)));

async function run(): Promise<void> {
  const [command, name = ""] = positionals;
  const pairs = pairsOf(readResources(root, stage), `incident-platform-${stage}-`);
  const sqs = sqsQueues(client());
  if (command === "list") return list(sqs, pairs);
  if (command === "show") return show(sqs, named(pairs, name), limit ?? 100);
  if (command === "redrive") return redrive(sqs, named(pairs, name), limit ?? 1_000);
  throw new Problem(usage);
}

function named(pairs: readonly Pair[], name: string): Pair {
  const pair = findPair(pairs, name);
  if (pair) return pair;
  throw new Problem(`There is no queue "${name}"; there are ${pairs.map((known) => known.name).join(", ")}.`);
}

function client(): SQSClient {
  return new SQSClient({
    region,
    ...(endpoint && { endpoint, credentials: { accessKeyId: "local", secretAccessKey: "local" } }),
    useQueueUrlAsEndpoint: false,
    maxAttempts: 2,
    requestHandler: { connectionTimeout: 3_000, requestTimeout: 15_000 },
  });
}

function endpointOf(env: NodeJS.ProcessEnv): string | undefined {
  const given = env.AWS_ENDPOINT_URL_SQS || env.AWS_ENDPOINT_URL;
  if (given || stage !== "local") return given;
  return `http://127.0.0.1:${Number(env.EMULATOR_PORT || 4566) + 1}`;
}

function readArguments() {
  try {
    const options = { stage: { type: "string" }, limit: { type: "string" } } as const;
    const { values, positionals } = parseArgs({ allowPositionals: true, options });
    const limit = values.limit === undefined ? undefined : Number(values.limit);
    if (limit !== undefined && !(Number.isInteger(limit) && limit > 0)) {
      throw new Error(`--limit takes a number above 0, not ${values.limit}`);
    }
    return { positionals, stage: values.stage || process.env.STAGE || "local", limit };
  } catch (error) {
    return exitOnProblem(new Problem(`${(error as Error).message}\n\n${usage}`));
  }
}

function explain(error: unknown): unknown {
  const { name, code, message } = error as { name?: string; code?: string; message?: string };
  if (error instanceof QueueDoesNotExist) {
    return new Problem(`The queues of stage ${stage} are not at ${place}. Has it been deployed or started?`);
  }
  if (error instanceof SQSServiceException || name === "CredentialsProviderError") {
    return new Problem(`${place}: ${message}`);
  }
  if (code === "ECONNREFUSED" || name === "TimeoutError") {
    return new Problem(
      `SQS doesn't answer at ${place}. Start the platform, or set EMULATOR_PORT or AWS_ENDPOINT_URL to where it is.`,
    );
  }
  return error;
}
