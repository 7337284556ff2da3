import { defineContract } from "../contract.ts";
import { integrationParams, integrationResource } from "./integration.ts";

export const deleteIntegrationContract = defineContract({
  service: "alerts",
  method: "DELETE",
  path: "/api/v1/integrations/{id}",
  summary: "Delete an integration",
  description: "Its key stops working within ten seconds. Its alerts are kept.",
  right: "manage",
  team: "resource",
  audited: "integration",
  params: integrationParams,
  status: 200,
  response: integrationResource,
});
