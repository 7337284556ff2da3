import { presentApiKey } from "../../shared/contracts/access/api-key.ts";
import { revokeApiKeyContract } from "../../shared/contracts/access/revoke-api-key.ts";
import { administratorDeps } from "../../shared/runtime/access/administrators.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { revokeApiKey } from "../../shared/use-cases/access/revoke-api-key.ts";

export const handler = endpoint(revokeApiKeyContract, async ({ params: { id }, now }) => {
  const { apiKey, lastUsedAt } = await revokeApiKey(administratorDeps(), id, now);
  return { body: presentApiKey(apiKey, lastUsedAt) };
});
