import { createPushSubscriptionContract } from "../../../shared/contracts/access/push/create-push-subscription.ts";
import {
  presentPushDevice,
  subscriptionOf,
} from "../../../shared/contracts/access/push/push-subscription.ts";
import { creatingEndpoint } from "../../../shared/runtime/endpoint.ts";
import { pushDeviceDeps } from "../../../shared/runtime/later/deps.ts";
import { addPushDevice } from "../../../shared/use-cases/access/push/add-push-device.ts";

export const handler = creatingEndpoint(
  createPushSubscriptionContract,
  async ({ params: { email }, body, now }) => ({
    body: presentPushDevice(await addPushDevice(pushDeviceDeps(), email, subscriptionOf(body), now)),
  }),
);
