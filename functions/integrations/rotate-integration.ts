import { presentWithKey } from "../../shared/contracts/integrations/integration.ts";
import { rotateIntegrationContract } from "../../shared/contracts/integrations/rotate-integration.ts";
import { platformAddressOf } from "../../shared/runtime/base-url.ts";
import { creatingEndpoint } from "../../shared/runtime/endpoint.ts";
import { makeIntegrationDeps } from "../../shared/runtime/later/deps.ts";
import { rotateIntegration } from "../../shared/use-cases/integrations/rotate-integration.ts";

export const handler = creatingEndpoint(
  rotateIntegrationContract,
  async ({ params: { id }, headers, now }) => {
    const rotated = await rotateIntegration(makeIntegrationDeps(), id, now);
    return {
      body: presentWithKey(rotated, platformAddressOf(headers)),
      location: `/api/v1/integrations/${id}`,
    };
  },
);
