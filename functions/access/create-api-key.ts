import { apiKeyDraftOf, presentApiKey } from "../../shared/contracts/access/api-key.ts";
import { createApiKeyContract } from "../../shared/contracts/access/create-api-key.ts";
import { unknownTeamOfKeyWarning } from "../../shared/domain/oncall/unknown-team.ts";
import { creatingEndpoint } from "../../shared/runtime/endpoint.ts";
import { makeKeyDeps } from "../../shared/runtime/later/deps.ts";
import { schedules } from "../../shared/runtime/stores.ts";
import { createApiKey } from "../../shared/use-cases/access/create-api-key.ts";

export const handler = creatingEndpoint(createApiKeyContract, async ({ body, now, ulid }) => {
  const deps = { ...makeKeyDeps(), schedules: schedules(), ulid };
  const { apiKey, secret, unknownTeams } = await createApiKey(deps, apiKeyDraftOf(body), now);
  const warnings = unknownTeams.map((team) => unknownTeamOfKeyWarning(JSON.stringify(team)));
  const location = `/api/v1/keys/${apiKey.id}`;
  return { body: { ...presentApiKey(apiKey, null), key: secret, warnings }, location };
});
