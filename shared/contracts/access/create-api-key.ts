import * as z from "zod";
import { defineContract } from "../contract.ts";
import { apiKeyInput, apiKeyWithSecret } from "./api-key.ts";

export const createApiKeyContract = defineContract({
  service: "system",
  method: "POST",
  path: "/api/v1/keys",
  summary: "Create an API key",
  description: "The response contains the key, which is shown only once.",
  right: "administer",
  audited: "key",
  body: apiKeyInput,
  status: 201,
  response: apiKeyWithSecret.extend({
    warnings: z.array(z.string()).meta({ description: "Valid but probably unintended configuration." }),
  }),
  idempotent: true,
  secretOnce: true,
});
