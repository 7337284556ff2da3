import { getIntegrationContract } from "../../shared/contracts/integrations/get-integration.ts";
import {
  presentIntegration,
  presentIntegrationError,
} from "../../shared/contracts/integrations/integration.ts";
import { platformAddressOf } from "../../shared/runtime/base-url.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { readIntegrationDeps } from "../../shared/runtime/later/deps.ts";
import { readIntegration } from "../../shared/use-cases/integrations/read-integration.ts";

export const handler = endpoint(getIntegrationContract, async ({ params: { id }, headers }) => {
  const { errors, ...found } = await readIntegration(readIntegrationDeps(), id);
  return {
    body: {
      ...presentIntegration(found, platformAddressOf(headers)),
      errors: errors.map(presentIntegrationError),
    },
  };
});
