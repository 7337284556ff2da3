import { defineContract } from "../../contract.ts";
import { deliveryResource } from "./delivery.ts";
import { deliveryParams } from "./webhook.ts";

export const replayDeliveryContract = defineContract({
  service: "notifications",
  method: "POST",
  path: "/api/v1/teams/{team}/webhooks/{webhook}/deliveries/{delivery}/replay",
  summary: "Replay a delivery",
  description: "Sends the message again with the same webhook-id. The replay is a separate delivery.",
  right: "manage",
  team: "path",
  params: deliveryParams,
  status: 202,
  response: deliveryResource,
  errors: { 409: "The webhook is disabled" },
  idempotent: true,
});
