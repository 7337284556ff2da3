import { presentApiKey } from "../../shared/contracts/access/api-key.ts";
import { createApiKeyContract } from "../../shared/contracts/access/create-api-key.ts";
import { revokeApiKeyContract } from "../../shared/contracts/access/revoke-api-key.ts";
import { rotateApiKeyContract } from "../../shared/contracts/access/rotate-api-key.ts";
import { oneOf } from "../../shared/http/one-of.ts";
import { makeKeyDeps } from "../../shared/runtime/deps.ts";
import { creatingEndpoint, endpoint } from "../../shared/runtime/endpoint.ts";
import { apiKeys } from "../../shared/runtime/stores.ts";
import { createApiKey, revokeApiKey, rotateApiKey } from "../../shared/use-cases/access/api-keys.ts";

const create = creatingEndpoint(createApiKeyContract, async ({ body, now, ulid }) => {
  const { expires_at: validUntil, ...draft } = body;
  const { apiKey, secret } = await createApiKey({ ...makeKeyDeps(), ulid }, { ...draft, validUntil }, now);
  return { body: { ...presentApiKey(apiKey, null), key: secret }, location: `/api/v1/keys/${apiKey.id}` };
});

const rotate = creatingEndpoint(rotateApiKeyContract, async ({ params: { id }, now }) => {
  const { apiKey, lastUsedAt, secret } = await rotateApiKey(makeKeyDeps(), id, now);
  return { body: { ...presentApiKey(apiKey, lastUsedAt), key: secret }, location: `/api/v1/keys/${id}` };
});

const revoke = endpoint(revokeApiKeyContract, async ({ params: { id }, now }) => {
  const { apiKey, lastUsedAt } = await revokeApiKey({ apiKeys: apiKeys() }, id, now);
  return { body: presentApiKey(apiKey, lastUsedAt) };
});

export const handler = oneOf(
  { contract: createApiKeyContract, handler: create },
  { contract: rotateApiKeyContract, handler: rotate },
  { contract: revokeApiKeyContract, handler: revoke },
);
