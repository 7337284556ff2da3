import { defineContract } from "../contract.ts";
import { integrationParams, integrationResource } from "./integration.ts";

export const getIntegrationContract = defineContract({
  service: "alerts",
  method: "GET",
  path: "/api/v1/integrations/{id}",
  summary: "One integration",
  scope: "read",
  answeredBy: "read-integrations",
  params: integrationParams,
  status: 200,
  response: integrationResource,
});
