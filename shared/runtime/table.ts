import { createDocumentClient, dynamoTable } from "../storage/dynamo-table.ts";
import { tableConfig } from "./config.ts";
import { endWithRequest } from "./end-with-request.ts";
import { once } from "./once.ts";
import { clock } from "./world.ts";

export const table = /* @__PURE__ */ once(() =>
  dynamoTable(endWithRequest(createDocumentClient()), tableConfig().TABLE_NAME, clock),
);
