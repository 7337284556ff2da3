import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { dynamoTable } from "../../shared/storage/dynamo-table.ts";
import type { Table } from "../../shared/storage/table.ts";
import type { Target } from "./target.ts";

export function documentsOf(target: Target): DynamoDBDocumentClient {
  return DynamoDBDocumentClient.from(target.dynamodb(), { marshallOptions: { removeUndefinedValues: true } });
}

export function tableOf(target: Target): Table {
  return dynamoTable(documentsOf(target), target.tableName, Date.now);
}
