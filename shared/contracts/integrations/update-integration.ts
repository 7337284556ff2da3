import { defineContract } from "../contract.ts";
import { integrationParams, integrationPatch, integrationResource } from "./integration.ts";

export const updateIntegrationContract = defineContract({
  service: "alerts",
  method: "PATCH",
  path: "/api/v1/integrations/{id}",
  summary: "Update an integration",
  description: "Changes its name, service, owner team or settings. Events use them within ten seconds.",
  right: "manage",
  team: "resource",
  audited: "integration",
  params: integrationParams,
  body: integrationPatch,
  status: 200,
  response: integrationResource,
});
