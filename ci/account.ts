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

/** Logical id of the table in `infra/stack/tables.yml`. */
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
    `Not deployed. The table ${stack} is there, but the stack ${stack} does not have it: an earlier stack left it behind.\n` +
      "Import it into the stack (docs/aws.md, Existing tables), or delete it if nothing in it counts.",
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

/** Returns a note about the account's concurrency limit; undefined if it is high enough. */
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
    const most = AccountLimit?.ConcurrentExecutions ?? 0;
    if (most >= needed) return undefined;
    return (
      `This account runs ${most} functions at once in this region, the platform may need ${needed}: ` +
      "in a storm requests are refused and pages wait. Ask for more in Service Quotas: Lambda, Concurrent executions."
    );
  } catch (error) {
    return `Lambda's limit of functions that run at once could not be asked: ${(error as Error).message}`;
  }
}
