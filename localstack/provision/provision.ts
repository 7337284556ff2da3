import { setTimeout as delay } from "node:timers/promises";
import {
  CreateTableCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  ResourceInUseException,
  UpdateTimeToLiveCommand,
} from "@aws-sdk/client-dynamodb";
import { CreateQueueCommand, SetQueueAttributesCommand, type SQSClient } from "@aws-sdk/client-sqs";
import { Problem } from "../../infra/problem.ts";
import {
  type Lookup,
  type QueueInput,
  queueAttributes,
  queueInputs,
  type Resources,
  type TableInput,
  tableInputs,
} from "../../infra/stack/cloudformation.ts";
import { isTransientFault } from "../../shared/domain/transient-fault.ts";

/** Creates missing resources, updates queue attributes, and returns the values of Ref and GetAtt. */
export async function provision(
  resources: Resources,
  dynamodb: DynamoDBClient,
  sqs: SQSClient,
  region: string,
): Promise<Lookup> {
  const queues = queueInputs(resources);
  const tables = tableInputs(resources);
  const [urls] = await Promise.all([
    Promise.all(queues.map((queue) => createQueue(sqs, queue))),
    Promise.all(tables.map((table) => createTable(dynamodb, table))),
  ]);
  const refs = new Map([
    ...queues.map(({ logicalId }, index) => [logicalId, urls[index] ?? ""] as const),
    ...tables.map(({ logicalId, create }) => [logicalId, create.TableName] as const),
  ]);
  const lookup: Lookup = {
    ref: (logicalId) => refs.get(logicalId),
    attribute: (logicalId, name) => (name === "Arn" ? queueArn(refs.get(logicalId), region) : undefined),
  };
  await Promise.all(queues.map((queue) => setAttributes(sqs, resources, queue, lookup)));
  return lookup;
}

/** Maximum wait for the services of a responding endpoint to start. */
const TIMEOUT_MS = 60_000;

/** Retries while the endpoint's services are starting. */
export async function provisionPatiently(...args: Parameters<typeof provision>): Promise<Lookup> {
  const deadline = performance.now() + TIMEOUT_MS;
  for (;;) {
    try {
      return await provision(...args);
    } catch (error) {
      if (!isTransientFault(error) || performance.now() > deadline) throw error;
      await delay(1_000);
    }
  }
}

/** Created without attributes, because creating an existing queue with different ones fails. */
async function createQueue(sqs: SQSClient, { name, kind }: QueueInput): Promise<string> {
  return (await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes: kind }))).QueueUrl ?? "";
}

async function setAttributes(
  sqs: SQSClient,
  resources: Resources,
  queue: QueueInput,
  lookup: Lookup,
): Promise<void> {
  const Attributes = queueAttributes(resources, queue.logicalId, lookup);
  await sqs.send(new SetQueueAttributesCommand({ QueueUrl: lookup.ref(queue.logicalId), Attributes }));
}

async function createTable(
  dynamodb: DynamoDBClient,
  { create, timeToLiveAttribute }: TableInput,
): Promise<void> {
  const { TableName } = create;
  try {
    await dynamodb.send(new CreateTableCommand(create));
  } catch (error) {
    if (!(error instanceof ResourceInUseException)) throw error;
    await checkIndexes(dynamodb, create);
  }
  if (!timeToLiveAttribute) return;
  const { TimeToLiveDescription } = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName }));
  if (TimeToLiveDescription?.TimeToLiveStatus === "ENABLED") return;
  const TimeToLiveSpecification = { AttributeName: timeToLiveAttribute, Enabled: true };
  await dynamodb.send(new UpdateTimeToLiveCommand({ TableName, TimeToLiveSpecification }));
}

async function checkIndexes(dynamodb: DynamoDBClient, create: TableInput["create"]): Promise<void> {
  const { Table } = await dynamodb.send(new DescribeTableCommand({ TableName: create.TableName }));
  const present = new Set(Table?.GlobalSecondaryIndexes?.map((index) => index.IndexName));
  const missing = create.GlobalSecondaryIndexes?.map((index) => index.IndexName).filter(
    (name) => !present.has(name),
  );
  if (missing?.length) {
    throw new Problem(
      `Table ${create.TableName} is from an older version: it lacks ${missing.join(", ")}.\n` +
        "Move the data folder (DATA_DIR) away to start with an empty one.",
    );
  }
}

/** The last two parts of a queue's URL are account and name, on AWS and in every emulator. */
function queueArn(url: string | undefined, region: string): string | undefined {
  const [name, account] = url?.split("/").reverse() ?? [];
  return name && account ? `arn:aws:sqs:${region}:${account}:${name}` : undefined;
}
