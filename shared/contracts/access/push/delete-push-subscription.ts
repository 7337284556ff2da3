import * as z from "zod";
import { defineContract } from "../../contract.ts";
import { id } from "../../fields.ts";
import { userParams } from "../user.ts";
import { pushDeviceResource } from "./push-subscription.ts";

export const deletePushSubscriptionContract = defineContract({
  service: "notifications",
  method: "DELETE",
  path: "/api/v1/users/{email}/push-subscriptions",
  summary: "Delete a push subscription",
  description: "Push messages no longer reach this browser. The contact method stays.",
  right: "profile",
  audited: "push_devices",
  params: userParams,
  query: z.object({ id: id.meta({ description: "ID of the subscription." }) }),
  status: 200,
  response: pushDeviceResource,
});
