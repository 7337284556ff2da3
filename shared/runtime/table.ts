import { endWithRequest } from "../aws/end-with-request.ts";
import { lazy } from "../caching/lazy.ts";
import { createDocumentClient, dynamoTable } from "../storage/dynamo-table.ts";
import { shardedTable } from "../storage/sharded-table.ts";
import { tableConfig } from "./config.ts";
import { clock } from "./system.ts";

export const table = lazy(() => {
  const { TABLE_NAME, SHARDING } = tableConfig();
  const stored = dynamoTable(endWithRequest(createDocumentClient()), TABLE_NAME, clock);
  return shardedTable(stored, { sharding: SHARDING === "on" });
});
