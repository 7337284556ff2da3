/** Checks of the AWS account before a deployment. */
import {
  type CloudFormationClient,
  CloudFormationServiceException,
  DescribeStackResourceCommand,
} from "@aws-sdk/client-cloudformation";
import {
  DescribeTableCommand,
  type DynamoDBClient,
  ResourceNotFoundException,
} from "@aws-sdk/client-dynamodb";
import { GetAccountSettingsCommand, type LambdaClient } from "@aws-sdk/client-lambda";
import { Problem } from "../infra/problem.ts";
import type { StackTemplate } from "../infra/stack/nested-stacks.ts";

/** Logical ID of the table in `infra/stack/tables.yml`. */
export const tableId = "PlatformTable";
/** Concurrency reserved for HTTP functions, besides consumers. */
const httpConcurrency = 50;

/**
 * Returns true if this deployment creates the table.
 *
 * @throws Problem if the table exists outside of the stack, because CloudFormation would fail on it
 */
export async function createsTable(
  dynamodb: DynamoDBClient,
  cloudFormation: CloudFormationClient,
  stack: string,
): Promise<boolean> {
  if (!(await tableExists(dynamodb, stack))) return true;
  if (await stackHasTable(cloudFormation, stack)) return false;
  throw new Problem(
    `Not deployed. Table ${stack} exists, but stack ${stack} does not contain it. An earlier stack created it.\n` +
      "Import it into the stack (docs/aws.md, Existing tables), or delete the table if you do not need its data.",
  );
}

async function tableExists(dynamodb: DynamoDBClient, TableName: string): Promise<boolean> {
  try {
    await dynamodb.send(new DescribeTableCommand({ TableName }));
    return true;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return false;
    throw error;
  }
}

async function stackHasTable(cloudFormation: CloudFormationClient, StackName: string): Promise<boolean> {
  try {
    const { StackResourceDetail } = await cloudFormation.send(
      new DescribeStackResourceCommand({ StackName, LogicalResourceId: tableId }),
    );
    return !/^(DELETE|CREATE_FAILED)/.test(StackResourceDetail?.ResourceStatus ?? "DELETE");
  } catch (error) {
    if (error instanceof CloudFormationServiceException && error.message.includes("does not exist"))
      return false;
    throw error;
  }
}

/** Returns a note if the account's concurrency quota is too low or unknown. */
export async function concurrencyNote(
  lambda: LambdaClient,
  template: Pick<StackTemplate, "Resources">,
): Promise<string | undefined> {
  const consumers = Object.values(template.Resources)
    .filter(({ Type }) => Type === "AWS::Lambda::EventSourceMapping")
    .reduce((sum, { Properties }) => sum + Number(Properties?.ScalingConfig?.MaximumConcurrency ?? 2), 0);
  const needed = consumers + httpConcurrency;
  try {
    const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand());
    const quota = AccountLimit?.ConcurrentExecutions ?? 0;
    if (quota >= needed) return undefined;
    return (
      `Lambda's concurrency quota in this region is ${quota}, and the platform may need ${needed}. ` +
      "Under load, requests fail and pages are delayed. Request an increase in Service Quotas: Lambda, Concurrent executions."
    );
  } catch (error) {
    return `Lambda's concurrency quota could not be read: ${(error as Error).message}`;
  }
}
