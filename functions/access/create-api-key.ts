import { apiKeyDraftOf, presentApiKey } from "../../shared/contracts/access/api-key.ts";
import { createApiKeyContract } from "../../shared/contracts/access/create-api-key.ts";
import { unknownTeamOfKeyWarning } from "../../shared/domain/oncall/unknown-team.ts";
import { creatingEndpoint } from "../../shared/runtime/endpoint.ts";
import { makeKeyDeps } from "../../shared/runtime/later/deps.ts";
import { schedules } from "../../shared/runtime/stores.ts";
import { createApiKey } from "../../shared/use-cases/access/create-api-key.ts";

export const handler = creatingEndpoint(createApiKeyContract, async ({ body, now, ulid }) => {
  const { apiKey, secret } = await createApiKey({ ...makeKeyDeps(), ulid }, apiKeyDraftOf(body), now);
  const teams = apiKey.teams ?? [];
  const loaded = await Promise.all(teams.map((team) => schedules().load(team, now, { stale: true })));
  const unknown = teams.filter((_, index) => loaded[index] === undefined);
  const warnings = unknown.map((team) => unknownTeamOfKeyWarning(JSON.stringify(team)));
  const location = `/api/v1/keys/${apiKey.id}`;
  return { body: { ...presentApiKey(apiKey, null), key: secret, warnings }, location };
});
