import { PurgeQueueCommand, PurgeQueueInProgress, type SQSClient } from "@aws-sdk/client-sqs";
import { BatchWriteCommand, type DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import type { Key } from "../../../shared/storage/table.ts";
import type { Pause } from "./persist.ts";
import { scan } from "./scan.ts";

const keysPerBatch = 25;
const pauseMs = 200;

/** Deletes all items and retries unprocessed ones. @returns their number */
export async function removeItems(
  client: DynamoDBDocumentClient,
  tableName: string,
  pause: Pause,
  removed: (items: number) => void,
): Promise<number> {
  let items = 0;
  for await (const page of scan(client, tableName, { attributes: ["pk", "sk"] })) {
    for (let from = 0; from < page.length; from += keysPerBatch) {
      const batch = page.slice(from, from + keysPerBatch);
      await removeBatch(client, tableName, batch, pause);
      items += batch.length;
      removed(items);
    }
  }
  return items;
}

async function removeBatch(
  client: DynamoDBDocumentClient,
  tableName: string,
  keys: readonly Key[],
  pause: Pause,
): Promise<void> {
  let pending = keys.map(({ pk, sk }) => ({ DeleteRequest: { Key: { pk, sk } } }));
  while (pending.length > 0) {
    const { UnprocessedItems } = await client.send(
      new BatchWriteCommand({ RequestItems: { [tableName]: pending } }),
    );
    pending = (UnprocessedItems?.[tableName] ?? []) as typeof pending;
    if (pending.length > 0) await pause(pauseMs);
  }
}

/** Purges queues, which can take SQS up to a minute. @param urls of existing queues */
export async function purge(sqs: SQSClient, urls: readonly string[]): Promise<void> {
  for (const QueueUrl of urls) {
    await sqs.send(new PurgeQueueCommand({ QueueUrl })).catch((error) => {
      if (!(error instanceof PurgeQueueInProgress)) throw error;
    });
  }
}
