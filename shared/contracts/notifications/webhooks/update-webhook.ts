import { defineContract } from "../../contract.ts";
import { webhookParams, webhookPatch, webhookResource } from "./webhook.ts";

export const updateWebhookContract = defineContract({
  service: "notifications",
  method: "PATCH",
  path: "/api/v1/teams/{team}/webhooks/{webhook}",
  summary: "Update a webhook",
  description: "Changes its URL, events or description, or enables or disables it.",
  right: "manage",
  team: "path",
  audited: "webhook",
  params: webhookParams,
  body: webhookPatch,
  status: 200,
  response: webhookResource,
});
