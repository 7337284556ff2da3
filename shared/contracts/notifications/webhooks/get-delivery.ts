import { defineContract } from "../../contract.ts";
import { deliveryResource } from "./delivery.ts";
import { deliveryParams } from "./webhook.ts";

export const getDeliveryContract = defineContract({
  service: "notifications",
  method: "GET",
  path: "/api/v1/teams/{team}/webhooks/{webhook}/deliveries/{delivery}",
  summary: "Get a delivery of a webhook",
  description: "Includes its attempts.",
  right: "read",
  params: deliveryParams,
  status: 200,
  response: deliveryResource,
});
