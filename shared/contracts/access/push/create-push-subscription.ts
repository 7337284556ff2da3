import { limits } from "../../../domain/limits.ts";
import { defineContract } from "../../contract.ts";
import { userParams } from "../user.ts";
import { pushDeviceResource, subscriptionInput } from "./push-subscription.ts";

export const createPushSubscriptionContract = defineContract({
  service: "notifications",
  method: "POST",
  path: "/api/v1/users/{email}/push-subscriptions",
  summary: "Create a push subscription",
  description:
    "Takes the `PushSubscription` of a browser as JSON. The first one adds a contact method of channel push, which pages " +
    `all browsers of the user, at most ${limits.pushDevices}. A browser that subscribes again with its endpoint is updated.`,
  right: "profile",
  idempotent: true,
  audited: "push_devices",
  params: userParams,
  body: subscriptionInput,
  status: 201,
  response: pushDeviceResource,
  errors: { 409: "The user has the maximum number of browsers or of contact methods" },
});
