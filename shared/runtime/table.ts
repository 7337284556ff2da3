import { endWithRequest } from "../aws/end-with-request.ts";
import { lazy } from "../caching/lazy.ts";
import { createDocumentClient, dynamoTable } from "../storage/dynamo-table.ts";
import { mergedCalls } from "../storage/merged-calls.ts";
import { shardedTable } from "../storage/sharding/sharded-table.ts";
import { currentContext } from "../telemetry/context.ts";
import { tableConfig } from "./config.ts";
import { clock } from "./system.ts";

export const table = lazy(() => {
  const { TABLE_NAME, SHARDING } = tableConfig();
  const stored = dynamoTable(endWithRequest(createDocumentClient()), TABLE_NAME, clock);
  const merged = mergedCalls(stored, () => currentContext()?.signal);
  return shardedTable(merged, { sharding: SHARDING === "on", nowMs: clock });
});
