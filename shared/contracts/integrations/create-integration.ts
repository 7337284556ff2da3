import { defineContract } from "../contract.ts";
import { integrationDocs, integrationInput, integrationWithKey } from "./integration.ts";

export const createIntegrationContract = defineContract({
  service: "alerts",
  method: "POST",
  path: "/api/v1/integrations",
  summary: "Create an integration",
  description:
    "Creates an endpoint for a monitoring system. The response contains its key, which is shown only once.",
  right: "manage",
  team: "resource",
  audited: "integration",
  body: integrationInput,
  bodyDocs: integrationDocs,
  status: 201,
  response: integrationWithKey,
  idempotent: true,
  secretOnce: true,
});
