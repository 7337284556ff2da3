import { defineContract } from "../../contract.ts";
import { webhookParams, webhookResource } from "./webhook.ts";

export const deleteWebhookContract = defineContract({
  service: "notifications",
  method: "DELETE",
  path: "/api/v1/teams/{team}/webhooks/{webhook}",
  summary: "Delete a webhook",
  description: "Cancels its pending deliveries.",
  right: "manage",
  team: "path",
  audited: "webhook",
  params: webhookParams,
  status: 200,
  response: webhookResource,
});
