import { presentApiKey } from "../../shared/contracts/access/api-key.ts";
import { getApiKeyContract } from "../../shared/contracts/access/get-api-key.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { apiKeys } from "../../shared/runtime/later/stores.ts";
import { readApiKey } from "../../shared/use-cases/access/read-api-key.ts";

export const handler = endpoint(getApiKeyContract, async ({ params: { id } }) => {
  const { apiKey, lastUsedAt } = await readApiKey({ apiKeys: apiKeys() }, id);
  return { body: presentApiKey(apiKey, lastUsedAt) };
});
