import { presentIntegration } from "../../shared/contracts/integrations/integration.ts";
import { listIntegrationsContract } from "../../shared/contracts/integrations/list-integrations.ts";
import { platformAddressOf } from "../../shared/runtime/base-url.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { readIntegrationDeps } from "../../shared/runtime/later/deps.ts";
import { listIntegrations } from "../../shared/use-cases/integrations/list-integrations.ts";

export const handler = endpoint(listIntegrationsContract, async ({ page, cursor, headers }) => {
  const { items, next } = await listIntegrations(readIntegrationDeps(), page);
  const platform = platformAddressOf(headers);
  return {
    body: {
      integrations: items.map((each) => presentIntegration(each, platform)),
      next_cursor: cursor(next),
    },
  };
});
