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
  response: apiKeyWithSecret,
  idempotent: true,
  secretOnce: true,
});
