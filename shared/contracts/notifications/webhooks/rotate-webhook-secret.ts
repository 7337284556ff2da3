import { defineContract } from "../../contract.ts";
import { webhookParams, webhookWithSecret } from "./webhook.ts";

export const rotateWebhookSecretContract = defineContract({
  service: "notifications",
  method: "POST",
  path: "/api/v1/teams/{team}/webhooks/{webhook}/rotate-secret",
  summary: "Rotate a webhook's signing secret",
  description: "The previous secret also signs for 24 hours.",
  right: "manage",
  team: "path",
  audited: "webhook",
  params: webhookParams,
  status: 201,
  response: webhookWithSecret,
  idempotent: true,
  secretOnce: true,
});
