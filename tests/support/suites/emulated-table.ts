/** Empty tables with infra's schema in the embedded DynamoDB. */
import { CreateTableCommand } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { tableInputs } from "../../../infra/stack/cloudformation.ts";
import { readResources } from "../../../infra/stack/template.ts";
import { dynamoTable } from "../../../shared/storage/dynamo-table.ts";
import { unique } from "../builders.ts";
import type { SharedEmulators } from "../platform/shared-emulators.ts";
import type { MakeTable } from "./table-suite.ts";

export function emulatedTables(emulators: () => SharedEmulators): MakeTable {
  const [input] = tableInputs(readResources(".", "local"));
  if (!input) throw new Error("infra has no table");
  return async (nowMs) => {
    const { dynamodb, env } = emulators();
    const TableName = unique(`${env.TABLE_NAME}-`);
    await dynamodb.send(new CreateTableCommand({ ...input.create, TableName }));
    const client = DynamoDBDocumentClient.from(dynamodb, {
      marshallOptions: { removeUndefinedValues: true },
    });
    return dynamoTable(client, TableName, nowMs);
  };
}
