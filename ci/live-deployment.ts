/**
 * `node ci/live-deployment.ts --stage prod`: which deployment the stack of that stage runs, by the timestamp that
 * `serverless rollback` takes; prints nothing if none. The list of deployments also has those that CloudFormation undid.
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

/** From where a stack's functions have their code: serverless/<service>/<stage>/<timestamp>-<date>/<function>.zip */
const CODE = /"S3Key":\s*"serverless\/[^/]+\/[^/]+\/(\d+)-/;

/** @returns undefined if the stack is not there, or has no functions yet */
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
  return CODE.exec(answer?.TemplateBody ?? "")?.[1];
}

async function main(): Promise<void> {
  const { stage } = parseArgs({ options: { stage: { type: "string" } } }).values;
  if (!stage) throw new Problem("Needs a stage: node ci/live-deployment.ts --stage prod");
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
