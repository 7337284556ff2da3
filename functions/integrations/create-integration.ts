import { createIntegrationContract } from "../../shared/contracts/integrations/create-integration.ts";
import { presentWithKey } from "../../shared/contracts/integrations/integration.ts";
import { platformAddressOf } from "../../shared/runtime/base-url.ts";
import { creatingEndpoint } from "../../shared/runtime/endpoint.ts";
import { makeIntegrationDeps } from "../../shared/runtime/later/deps.ts";
import { createIntegration } from "../../shared/use-cases/integrations/create-integration.ts";

export const handler = creatingEndpoint(createIntegrationContract, async ({ body, headers, now, ulid }) => {
  const made = await createIntegration({ ...makeIntegrationDeps(), ulid }, body, now);
  return {
    body: presentWithKey(made, platformAddressOf(headers)),
    location: `/api/v1/integrations/${made.integration.id}`,
  };
});
