import { defineContract } from "../contract.ts";
import { integrationParams, integrationWithKey } from "./integration.ts";

export const rotateIntegrationContract = defineContract({
  service: "alerts",
  method: "POST",
  path: "/api/v1/integrations/{id}/rotate",
  summary: "Put another key in an integration's place; the old one opens nothing after ten seconds",
  scope: "write",
  audited: "integration",
  answeredBy: "change-integrations",
  params: integrationParams,
  status: 201,
  response: integrationWithKey,
  idempotent: true,
  secretOnce: true,
});
