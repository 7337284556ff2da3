import { deletePushSubscriptionContract } from "../../../shared/contracts/access/push/delete-push-subscription.ts";
import { presentPushDevice } from "../../../shared/contracts/access/push/push-subscription.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { pushDevices } from "../../../shared/runtime/later/stores.ts";
import { removePushDevice } from "../../../shared/use-cases/access/push/remove-push-device.ts";

export const handler = endpoint(
  deletePushSubscriptionContract,
  async ({ params: { email }, query: { id } }) => ({
    body: presentPushDevice(await removePushDevice({ pushDevices: pushDevices() }, email, id)),
  }),
);
