import { presentApiKey } from "../../shared/contracts/access/api-key.ts";
import { listApiKeysContract } from "../../shared/contracts/access/list-api-keys.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { apiKeys } from "../../shared/runtime/later/stores.ts";
import { listApiKeys } from "../../shared/use-cases/access/list-api-keys.ts";

export const handler = endpoint(listApiKeysContract, async ({ page, cursor }) => {
  const { items, next } = await listApiKeys({ apiKeys: apiKeys() }, page);
  const keys = items.map(({ apiKey, lastUsedAt }) => presentApiKey(apiKey, lastUsedAt));
  return { body: { keys, next_cursor: cursor(next) } };
});
