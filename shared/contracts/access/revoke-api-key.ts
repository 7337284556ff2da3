import { defineContract } from "../contract.ts";
import { apiKeyParams, apiKeyResource } from "./api-key.ts";

export const revokeApiKeyContract = defineContract({
  service: "system",
  method: "DELETE",
  path: "/api/v1/keys/{id}",
  summary: "Revoke an API key",
  description: "The key stops working within ten seconds and stays in the list.",
  right: "administer",
  audited: "key",
  params: apiKeyParams,
  status: 200,
  response: apiKeyResource,
});
