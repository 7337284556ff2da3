import * as z from "zod";
import { defineContract } from "../contract.ts";
import { nextCursor, pageQuery } from "../fields.ts";
import { apiKeyResource } from "./api-key.ts";

export const listApiKeysContract = defineContract({
  service: "system",
  method: "GET",
  path: "/api/v1/keys",
  summary: "API keys, newest first, those that were revoked too; not those of API_KEYS",
  scope: "admin",
  answeredBy: "read-administration",
  query: z.object(pageQuery),
  status: 200,
  response: z.object({ keys: z.array(apiKeyResource), next_cursor: nextCursor }),
});
