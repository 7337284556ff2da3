import { endWithRequest } from "../aws/end-with-request.ts";
import { lazy } from "../caching/lazy.ts";
import { createDocumentClient, dynamoTable } from "../storage/dynamo-table.ts";
import { tableConfig } from "./config.ts";
import { clock } from "./system.ts";

export const table = lazy(() =>
  dynamoTable(endWithRequest(createDocumentClient()), tableConfig().TABLE_NAME, clock),
);
