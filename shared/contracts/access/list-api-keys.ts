import * as z from "zod";
import { defineContract } from "../contract.ts";
import { nextCursor, pageQuery } from "../fields.ts";
import { apiKeyResource } from "./api-key.ts";

export const listApiKeysContract = defineContract({
  service: "system",
  method: "GET",
  path: "/api/v1/keys",
  otherMethods: ["POST"],
  summary: "List API keys",
  description: "Newest first, including revoked keys. Keys from the setting API_KEYS are not listed.",
  right: "administer",
  query: z.object(pageQuery),
  status: 200,
  response: z.object({ keys: z.array(apiKeyResource), next_cursor: nextCursor }),
});
