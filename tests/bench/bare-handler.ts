/** Handler with the SDK clients of functions and nothing else: the yardstick of bundles. */
import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { SendMessageBatchCommand, type SendMessageBatchCommandInput, SQSClient } from "@aws-sdk/client-sqs";
import {
  DynamoDBDocumentClient,
  GetCommand,
  type GetCommandInput,
  PutCommand,
  QueryCommand,
  type QueryCommandInput,
  TransactWriteCommand,
  UpdateCommand,
  type UpdateCommandInput,
} from "@aws-sdk/lib-dynamodb";

interface Work {
  readonly get: GetCommandInput;
  readonly query: QueryCommandInput;
  readonly update: UpdateCommandInput;
  readonly send: SendMessageBatchCommandInput;
}

/** Creates its clients in a call, as functions do. */
export async function handler({ get, query, update, send }: Work): Promise<void> {
  const table = DynamoDBDocumentClient.from(new DynamoDBClient());
  await table.send(new GetCommand(get));
  await table.send(new QueryCommand(query));
  await table.send(new PutCommand({ TableName: get.TableName, Item: { ...get.Key } }));
  await table.send(new UpdateCommand(update));
  await table.send(new TransactWriteCommand({ TransactItems: [] }));
  await new SQSClient().send(new SendMessageBatchCommand(send));
}
