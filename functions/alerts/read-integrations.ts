import { getIntegrationContract } from "../../shared/contracts/alerts/get-integration.ts";
import { presentIntegration, presentIntegrationError } from "../../shared/contracts/alerts/integration.ts";
import { listIntegrationsContract } from "../../shared/contracts/alerts/list-integrations.ts";
import { oneOf } from "../../shared/http/one-of.ts";
import { baseUrlOf } from "../../shared/runtime/base-url.ts";
import { readIntegrationDeps } from "../../shared/runtime/deps.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { listIntegrations, readIntegration } from "../../shared/use-cases/integrations.ts";

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
