import { presentDelivery } from "../../../shared/contracts/notifications/webhooks/delivery.ts";
import { listDeliveriesContract } from "../../../shared/contracts/notifications/webhooks/list-deliveries.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { webhooks } from "../../../shared/runtime/later/stores.ts";
import { notifications } from "../../../shared/runtime/stores.ts";
import { listDeliveries } from "../../../shared/use-cases/notifications/webhooks/list-deliveries.ts";

export const handler = endpoint(
  listDeliveriesContract,
  async ({ params: { team, webhook: id }, page, cursor }) => {
    const deps = { webhooks: webhooks(), notifications: notifications() };
    const { items, next } = await listDeliveries(deps, team, id, page);
    return { body: { deliveries: items.map(presentDelivery), next_cursor: cursor(next) } };
  },
);
