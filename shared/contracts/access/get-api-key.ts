import { defineContract } from "../contract.ts";
import { apiKeyParams, apiKeyResource } from "./api-key.ts";

export const getApiKeyContract = defineContract({
  service: "system",
  method: "GET",
  path: "/api/v1/keys/{id}",
  summary: "An API key, without the key itself",
  scope: "admin",
  answeredBy: "read-administration",
  params: apiKeyParams,
  status: 200,
  response: apiKeyResource,
});
