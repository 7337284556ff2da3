import { defineContract } from "../../contract.ts";
import { deliveryResource } from "./delivery.ts";
import { webhookParams } from "./webhook.ts";

export const testWebhookContract = defineContract({
  service: "notifications",
  method: "POST",
  path: "/api/v1/teams/{team}/webhooks/{webhook}/test",
  summary: "Test a webhook",
  description: "Sends a webhook.ping event, even while the webhook is disabled.",
  right: "manage",
  team: "path",
  params: webhookParams,
  status: 202,
  response: deliveryResource,
  idempotent: true,
});
