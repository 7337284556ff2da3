import { defineContract } from "../../contract.ts";
import { teamParams } from "../../oncall/schedules/schedule.ts";
import { webhookInput, webhookWithSecret } from "./webhook.ts";

export const createWebhookContract = defineContract({
  service: "notifications",
  method: "POST",
  path: "/api/v1/teams/{team}/webhooks",
  summary:
    "Have a URL hear what happens to a team's incidents; the secret is told in this answer and never again",
  scope: "write",
  audited: "webhook",
  answeredBy: "change-webhooks",
  params: teamParams,
  body: webhookInput,
  status: 201,
  response: webhookWithSecret,
  errors: { 409: "The team has as many webhooks as it may" },
  idempotent: true,
  secretOnce: true,
});
