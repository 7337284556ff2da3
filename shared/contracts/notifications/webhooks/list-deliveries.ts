import * as z from "zod";
import { defineContract } from "../../contract.ts";
import { nextCursor, pageQuery } from "../../fields.ts";
import { deliveryResource } from "./delivery.ts";
import { webhookParams } from "./webhook.ts";

export const listDeliveriesContract = defineContract({
  service: "notifications",
  method: "GET",
  path: "/api/v1/teams/{team}/webhooks/{webhook}/deliveries",
  summary: "List deliveries of a webhook",
  description: "Newest first, with the receiver's responses.",
  right: "read",
  params: webhookParams,
  query: z.object(pageQuery),
  status: 200,
  response: z.object({ deliveries: z.array(deliveryResource), next_cursor: nextCursor }),
});
