import { defineContract } from "../../contract.ts";
import { webhookParams, webhookPatch, webhookResource } from "./webhook.ts";

export const updateWebhookContract = defineContract({
  service: "notifications",
  method: "PATCH",
  path: "/api/v1/teams/{team}/webhooks/{webhook}",
  summary: "Change where a webhook leads or what it hears, or switch it on or off",
  scope: "write",
  audited: "webhook",
  answeredBy: "change-webhooks",
  params: webhookParams,
  body: webhookPatch,
  status: 200,
  response: webhookResource,
});
