/**
 * `node ci/live-deployment.ts --stage prod`: prints the timestamp of the current deployment for `serverless
 * rollback`, or nothing. Unlike the list of deployments, it ignores those that CloudFormation rolled back.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import {
  CloudFormationClient,
  CloudFormationServiceException,
  GetTemplateCommand,
} from "@aws-sdk/client-cloudformation";
import { exitOnProblem, Problem } from "../infra/problem.ts";
import { findCredentials, regionOf } from "./deploy.ts";

/**
 * Location of the code of functions and of the templates of nested stacks:
 * serverless/<service>/<stage>/<timestamp>-<date>/<file>
 */
const FILES = /serverless\/[^/]+\/[^/]+\/(\d+)-/;

/** @returns undefined if the stack does not exist or has no functions */
export async function liveDeployment(
  client: CloudFormationClient,
  stage: string,
): Promise<string | undefined> {
  const command = new GetTemplateCommand({ StackName: `incident-platform-${stage}` });
  const answer = await client.send(command).catch((error: unknown) => {
    if (error instanceof CloudFormationServiceException && error.message.includes("does not exist"))
      return undefined;
    throw error;
  });
  return FILES.exec(answer?.TemplateBody ?? "")?.[1];
}

async function main(): Promise<void> {
  const { stage } = parseArgs({ options: { stage: { type: "string" } } }).values;
  if (!stage) throw new Problem("Set a stage: node ci/live-deployment.ts --stage prod");
  const region = regionOf(process.env);
  await findCredentials(region);
  const client = new CloudFormationClient({ region });
  const timestamp = await liveDeployment(client, stage);
  client.destroy();
  if (timestamp) console.log(timestamp);
}

if (import.meta.main) {
  const settings = join(import.meta.dirname, "../.env");
  if (existsSync(settings)) process.loadEnvFile(settings);
  await main().catch(exitOnProblem);
}
