import { defineContract } from "../contract.ts";
import { apiKeyParams, apiKeyWithSecret } from "./api-key.ts";

export const rotateApiKeyContract = defineContract({
  service: "system",
  method: "POST",
  path: "/api/v1/keys/{id}/rotate",
  summary: "Put another key in a key's place; the old one opens nothing after ten seconds",
  scope: "admin",
  audited: "key",
  answeredBy: "change-api-keys",
  params: apiKeyParams,
  status: 201,
  response: apiKeyWithSecret,
  errors: { 409: "It was revoked, or has expired" },
  idempotent: true,
  secretOnce: true,
});
