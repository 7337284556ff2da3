import { createIntegrationContract } from "../../shared/contracts/integrations/create-integration.ts";
import { deleteIntegrationContract } from "../../shared/contracts/integrations/delete-integration.ts";
import { presentIntegration, presentWithKey } from "../../shared/contracts/integrations/integration.ts";
import { rotateIntegrationContract } from "../../shared/contracts/integrations/rotate-integration.ts";
import { oneOf } from "../../shared/http/one-of.ts";
import { baseUrlOf } from "../../shared/runtime/base-url.ts";
import { makeIntegrationDeps } from "../../shared/runtime/deps.ts";
import { creatingEndpoint, endpoint } from "../../shared/runtime/endpoint.ts";
import {
  createIntegration,
  deleteIntegration,
  rotateIntegration,
} from "../../shared/use-cases/integrations/integrations.ts";

const create = creatingEndpoint(createIntegrationContract, async ({ body, headers, now, ulid }) => {
  const made = await createIntegration({ ...makeIntegrationDeps(), ulid }, body, now);
  return {
    body: presentWithKey(made, baseUrlOf(headers)),
    location: `/api/v1/integrations/${made.integration.id}`,
  };
});

const rotate = creatingEndpoint(rotateIntegrationContract, async ({ params: { id }, headers, now }) => {
  const rotated = await rotateIntegration(makeIntegrationDeps(), id, now);
  return {
    body: presentWithKey(rotated, baseUrlOf(headers)),
    location: `/api/v1/integrations/${id}`,
  };
});

const remove = endpoint(deleteIntegrationContract, async ({ params: { id }, headers }) => ({
  body: presentIntegration(await deleteIntegration(makeIntegrationDeps(), id), baseUrlOf(headers)),
}));

export const handler = oneOf(
  { contract: createIntegrationContract, handler: create },
  { contract: rotateIntegrationContract, handler: rotate },
  { contract: deleteIntegrationContract, handler: remove },
);
