import { getIntegrationContract } from "../../shared/contracts/alerts/get-integration.ts";
import { presentIntegration, presentIntegrationError } from "../../shared/contracts/alerts/integration.ts";
import { listIntegrationsContract } from "../../shared/contracts/alerts/list-integrations.ts";
import { oneOf } from "../../shared/http/one-of.ts";
import { baseUrlOf } from "../../shared/runtime/base-url.ts";
import { endpoint } from "../../shared/runtime/endpoint.ts";
import { integrationActivity, integrations } from "../../shared/runtime/stores.ts";
import { listIntegrations, readIntegration } from "../../shared/use-cases/integrations.ts";

const readDeps = () => ({ integrations: integrations(), activity: integrationActivity() });

const list = endpoint(listIntegrationsContract, async ({ page, cursor, headers }) => {
  const { items, next } = await listIntegrations(readDeps(), page);
  const url = baseUrlOf(headers);
  return {
    body: { integrations: items.map((each) => presentIntegration(each, url)), next_cursor: cursor(next) },
  };
});

const get = endpoint(getIntegrationContract, async ({ params: { id }, headers }) => {
  const { errors, ...found } = await readIntegration(readDeps(), id);
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
