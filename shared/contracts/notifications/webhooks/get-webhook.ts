import { defineContract } from "../../contract.ts";
import { webhookParams, webhookResource } from "./webhook.ts";

export const getWebhookContract = defineContract({
  service: "notifications",
  method: "GET",
  path: "/api/v1/teams/{team}/webhooks/{webhook}",
  otherMethods: ["PATCH", "DELETE"],
  summary: "Get a webhook",
  description: "The response does not contain its secret.",
  right: "read",
  params: webhookParams,
  status: 200,
  response: webhookResource,
});
