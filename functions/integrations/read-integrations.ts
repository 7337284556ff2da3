import { getIntegrationContract } from "../../shared/contracts/integrations/get-integration.ts";
import {
  presentIntegration,
  presentIntegrationError,
} from "../../shared/contracts/integrations/integration.ts";
import { listIntegrationsContract } from "../../shared/contracts/integrations/list-integrations.ts";
import { oneOf } from "../../shared/http/one-of.ts";
import { baseUrlOf } from "../../shared/runtime/base-url.ts";
import { readIntegrationDeps } from "../../shared/runtime/deps.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { listIntegrations, readIntegration } from "../../shared/use-cases/integrations/integrations.ts";

const list = endpoint(listIntegrationsContract, async ({ page, cursor, headers }) => {
  const { items, next } = await listIntegrations(readIntegrationDeps(), page);
  const url = baseUrlOf(headers);
  return {
    body: { integrations: items.map((each) => presentIntegration(each, url)), next_cursor: cursor(next) },
  };
});

const get = endpoint(getIntegrationContract, async ({ params: { id }, headers }) => {
  const { errors, ...found } = await readIntegration(readIntegrationDeps(), id);
  return {
    body: {
      ...presentIntegration(found, baseUrlOf(headers)),
      errors: errors.map(presentIntegrationError),
    },
  };
});

export const handler = oneOf(
  { contract: listIntegrationsContract, handler: list },
  { contract: getIntegrationContract, handler: get },
);
