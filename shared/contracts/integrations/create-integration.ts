import { defineContract } from "../contract.ts";
import { integrationDocs, integrationInput, integrationWithKey } from "./integration.ts";

export const createIntegrationContract = defineContract({
  service: "alerts",
  method: "POST",
  path: "/api/v1/integrations",
  summary: "Make a way in for a monitoring system; its key is told in this answer and never again",
  scope: "write",
  audited: "integration",
  answeredBy: "change-integrations",
  body: integrationInput,
  bodyDocs: integrationDocs,
  status: 201,
  response: integrationWithKey,
  idempotent: true,
  secretOnce: true,
});
