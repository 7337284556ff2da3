import { defineContract } from "../../contract.ts";
import { teamParams } from "../../oncall/schedules/schedule.ts";
import { webhookInput, webhookWithSecret } from "./webhook.ts";

export const createWebhookContract = defineContract({
  service: "notifications",
  method: "POST",
  path: "/api/v1/teams/{team}/webhooks",
  summary: "Create a webhook",
  description:
    "The URL receives events of the team's incidents. The response contains the signing secret, which is shown only once.",
  right: "manage",
  team: "path",
  audited: "webhook",
  params: teamParams,
  body: webhookInput,
  status: 201,
  response: webhookWithSecret,
  errors: { 409: "The team has the maximum number of webhooks" },
  idempotent: true,
  secretOnce: true,
});
