/**
 * `node localstack/provision/provision-step.ts <file>`: creates missing tables and queues, updates queue attributes,
 * and writes their names to a file for `node --env-file`.
 */
import { writeFileSync } from "node:fs";
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SQSClient } from "@aws-sdk/client-sqs";
import { exitOnProblem, Problem } from "../../infra/problem.ts";
import { readEnvironment, readResources } from "../../infra/stack/template.ts";
import { startEmulators } from "../emulators/emulators.ts";
import { readSettings } from "../platform/settings.ts";
import { provisionPatiently } from "./provision.ts";

const root = `${import.meta.dirname}/../..`;
const stage = "local";

await provisionStep(process.argv[2]).catch(exitOnProblem);

async function provisionStep(file: string | undefined): Promise<void> {
  const settings = readSettings(process.env);
  if (!settings.endpoint || !file) {
    throw new Problem("Usage: AWS_ENDPOINT_URL=http://… node localstack/provision/provision-step.ts <file>");
  }
  const { env } = await startEmulators(settings);
  Object.assign(process.env, env);
  const region = process.env.AWS_REGION || "eu-central-1";
  const dynamodb = new DynamoDBClient({ region });
  const sqs = new SQSClient({ region, useQueueUrlAsEndpoint: false });
  const lookup = await provisionPatiently(readResources(root, stage), dynamodb, sqs, region);
  const names = Object.entries(readEnvironment(root, stage, lookup)).filter(([name]) =>
    /^TABLE_NAME$|_QUEUE_URL$/.test(name),
  );
  writeFileSync(file, names.map(([name, value]) => `${name}=${value}\n`).join(""));
  console.log(`The table and the queues exist at ${settings.endpoint}.`);
}
