/** Deletes expired items, as DynamoDB does within days and its emulators don't. */
import type { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { scan } from "../../infra/operate/backup/scan.ts";
import { dynamoTable } from "../../shared/storage/dynamo-table.ts";
import { ConditionFailed, hasExpired } from "../../shared/storage/table.ts";

/** Small pages, so that other requests to the emulator hardly wait. */
const itemsPerPage = 200;

/** @returns the number of deleted items; items that were rewritten in the meantime stay */
export async function removeExpired(
  client: DynamoDBDocumentClient,
  tableName: string,
  nowMs: () => number,
): Promise<number> {
  const table = dynamoTable(client, tableName, nowMs);
  const now = nowMs();
  let removed = 0;
  const attributes = ["pk", "sk", "expiresAt"];
  for await (const page of scan(client, tableName, { attributes, itemsPerPage })) {
    for (const { pk, sk, expiresAt } of page.filter((item) => hasExpired(item, now))) {
      try {
        await table.remove({ pk, sk }, { equals: { expiresAt: Number(expiresAt) } });
        removed += 1;
      } catch (error) {
        if (!(error instanceof ConditionFailed)) throw error;
      }
    }
  }
  return removed;
}
