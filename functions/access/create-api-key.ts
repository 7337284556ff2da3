import { apiKeyDraftOf, presentApiKey } from "../../shared/contracts/access/api-key.ts";
import { createApiKeyContract } from "../../shared/contracts/access/create-api-key.ts";
import { creatingEndpoint } from "../../shared/runtime/endpoint.ts";
import { makeKeyDeps } from "../../shared/runtime/later/deps.ts";
import { createApiKey } from "../../shared/use-cases/access/create-api-key.ts";

export const handler = creatingEndpoint(createApiKeyContract, async ({ body, now, ulid }) => {
  const { apiKey, secret } = await createApiKey({ ...makeKeyDeps(), ulid }, apiKeyDraftOf(body), now);
  return { body: { ...presentApiKey(apiKey, null), key: secret }, location: `/api/v1/keys/${apiKey.id}` };
});
