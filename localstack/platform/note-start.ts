import { listeningStore } from "../../shared/storage/alerts/listening-store.ts";
import { createDocumentClient, dynamoTable } from "../../shared/storage/dynamo-table.ts";
import { recordStart } from "../../shared/use-cases/alerts/record-listening.ts";

/** Records a gap until now, so that pings during it are not counted as missed. */
export async function noteStart(tableName: string): Promise<void> {
  const client = createDocumentClient();
  try {
    await recordStart({ listening: listeningStore(dynamoTable(client, tableName, Date.now)) }, Date.now());
  } finally {
    client.destroy();
  }
}
