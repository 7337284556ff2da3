import { integrationChangesOf, presentIntegration } from "../../shared/contracts/integrations/integration.ts";
import { updateIntegrationContract } from "../../shared/contracts/integrations/update-integration.ts";
import { platformAddressOf } from "../../shared/runtime/base-url.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { makeIntegrationDeps } from "../../shared/runtime/later/deps.ts";
import { withActivity } from "../../shared/use-cases/integrations/read-activity.ts";
import { updateIntegration } from "../../shared/use-cases/integrations/update-integration.ts";

export const handler = endpoint(updateIntegrationContract, async ({ params: { id }, body, headers, now }) => {
  const deps = makeIntegrationDeps();
  const updated = await updateIntegration(deps, id, (known) => integrationChangesOf(body, known), null, now);
  return { body: presentIntegration(await withActivity(deps, updated), platformAddressOf(headers)) };
});
