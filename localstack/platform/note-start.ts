import { downtimeStore } from "../../shared/storage/alerts/downtime-store.ts";
import { createDocumentClient, dynamoTable } from "../../shared/storage/dynamo-table.ts";
import { recordStart } from "../../shared/use-cases/alerts/record-downtime.ts";

/** Records a gap until now, so that pings during it are not counted as missed. */
export async function noteStart(tableName: string): Promise<void> {
  const client = createDocumentClient();
  try {
    await recordStart({ downtime: downtimeStore(dynamoTable(client, tableName, Date.now)) }, Date.now());
  } finally {
    client.destroy();
  }
}
