import { defineContract } from "../contract.ts";
import { apiKeyParams, apiKeyResource } from "./api-key.ts";

export const getApiKeyContract = defineContract({
  service: "system",
  method: "GET",
  path: "/api/v1/keys/{id}",
  otherMethods: ["DELETE"],
  summary: "Get an API key",
  description: "The response does not contain the key itself.",
  right: "administer",
  params: apiKeyParams,
  status: 200,
  response: apiKeyResource,
});
