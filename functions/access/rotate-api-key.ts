import { presentApiKey } from "../../shared/contracts/access/api-key.ts";
import { rotateApiKeyContract } from "../../shared/contracts/access/rotate-api-key.ts";
import { creatingEndpoint } from "../../shared/runtime/endpoint.ts";
import { makeKeyDeps } from "../../shared/runtime/later/deps.ts";
import { rotateApiKey } from "../../shared/use-cases/access/rotate-api-key.ts";

export const handler = creatingEndpoint(rotateApiKeyContract, async ({ params: { id }, now }) => {
  const { apiKey, lastUsedAt, secret } = await rotateApiKey(makeKeyDeps(), id, now);
  return { body: { ...presentApiKey(apiKey, lastUsedAt), key: secret }, location: `/api/v1/keys/${id}` };
});
