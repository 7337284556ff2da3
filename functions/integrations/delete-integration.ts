import { deleteIntegrationContract } from "../../shared/contracts/integrations/delete-integration.ts";
import { presentIntegration } from "../../shared/contracts/integrations/integration.ts";
import { platformAddressOf } from "../../shared/runtime/base-url.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { makeIntegrationDeps } from "../../shared/runtime/later/deps.ts";
import { deleteIntegration } from "../../shared/use-cases/integrations/delete-integration.ts";

export const handler = endpoint(deleteIntegrationContract, async ({ params: { id }, headers }) => ({
  body: presentIntegration(await deleteIntegration(makeIntegrationDeps(), id), platformAddressOf(headers)),
}));
