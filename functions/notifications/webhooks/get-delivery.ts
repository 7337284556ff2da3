import { presentDelivery } from "../../../shared/contracts/notifications/webhooks/delivery.ts";
import { getDeliveryContract } from "../../../shared/contracts/notifications/webhooks/get-delivery.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { webhooks } from "../../../shared/runtime/later/stores.ts";
import { notifications } from "../../../shared/runtime/stores.ts";
import { readDelivery } from "../../../shared/use-cases/notifications/webhooks/read-delivery.ts";

export const handler = endpoint(getDeliveryContract, async ({ params: { team, webhook: id, delivery } }) => {
  const deps = { webhooks: webhooks(), notifications: notifications() };
  return { body: presentDelivery(await readDelivery(deps, team, id, delivery)) };
});
