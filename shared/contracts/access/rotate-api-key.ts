import { defineContract } from "../contract.ts";
import { apiKeyParams, apiKeyWithSecret } from "./api-key.ts";

export const rotateApiKeyContract = defineContract({
  service: "system",
  method: "POST",
  path: "/api/v1/keys/{id}/rotate",
  summary: "Rotate an API key",
  description:
    "The response contains the new key, which is shown only once. The old key stops working within ten seconds.",
  right: "administer",
  audited: "key",
  params: apiKeyParams,
  status: 201,
  response: apiKeyWithSecret,
  errors: { 409: "The key is revoked or expired" },
  idempotent: true,
  secretOnce: true,
});
