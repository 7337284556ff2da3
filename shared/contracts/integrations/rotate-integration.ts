import { defineContract } from "../contract.ts";
import { integrationParams, integrationWithKey } from "./integration.ts";

export const rotateIntegrationContract = defineContract({
  service: "alerts",
  method: "POST",
  path: "/api/v1/integrations/{id}/rotate",
  summary: "Rotate an integration's key",
  description: "The old key stops working within ten seconds.",
  right: "manage",
  team: "resource",
  audited: "integration",
  params: integrationParams,
  status: 201,
  response: integrationWithKey,
  idempotent: true,
  secretOnce: true,
});
