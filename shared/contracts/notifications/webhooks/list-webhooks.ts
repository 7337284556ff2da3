import * as z from "zod";
import { defineContract } from "../../contract.ts";
import { nextCursor, pageQuery } from "../../fields.ts";
import { teamParams } from "../../oncall/schedules/schedule.ts";
import { webhookResource } from "./webhook.ts";

export const listWebhooksContract = defineContract({
  service: "notifications",
  method: "GET",
  path: "/api/v1/teams/{team}/webhooks",
  otherMethods: ["POST"],
  summary: "List a team's webhooks",
  description: "Newest first.",
  right: "read",
  params: teamParams,
  query: z.object(pageQuery),
  status: 200,
  response: z.object({ webhooks: z.array(webhookResource), next_cursor: nextCursor }),
});
