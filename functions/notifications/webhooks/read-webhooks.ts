import { presentDelivery } from "../../../shared/contracts/notifications/webhooks/delivery.ts";
import { getDeliveryContract } from "../../../shared/contracts/notifications/webhooks/get-delivery.ts";
import { getWebhookContract } from "../../../shared/contracts/notifications/webhooks/get-webhook.ts";
import { listDeliveriesContract } from "../../../shared/contracts/notifications/webhooks/list-deliveries.ts";
import { listWebhooksContract } from "../../../shared/contracts/notifications/webhooks/list-webhooks.ts";
import { presentWebhook } from "../../../shared/contracts/notifications/webhooks/webhook.ts";
import { oneOf } from "../../../shared/http/one-of.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { notifications, webhooks } from "../../../shared/runtime/stores.ts";
import { listDeliveries, readDelivery } from "../../../shared/use-cases/notifications/webhook-deliveries.ts";
import { readWebhook } from "../../../shared/use-cases/notifications/webhooks.ts";

const list = endpoint(listWebhooksContract, async ({ params: { team }, page, cursor }) => {
  const { items, next } = await webhooks().list(team, page);
  return { body: { webhooks: items.map(presentWebhook), next_cursor: cursor(next) } };
});

const get = endpoint(getWebhookContract, async ({ params: { team, webhook: id } }) => ({
  body: presentWebhook(await readWebhook({ webhooks: webhooks() }, team, id)),
}));

const deliveryDeps = () => ({ webhooks: webhooks(), notifications: notifications() });

const listOfDeliveries = endpoint(
  listDeliveriesContract,
  async ({ params: { team, webhook: id }, page, cursor }) => {
    const { items, next } = await listDeliveries(deliveryDeps(), team, id, page);
    return { body: { deliveries: items.map(presentDelivery), next_cursor: cursor(next) } };
  },
);

const getDelivery = endpoint(getDeliveryContract, async ({ params: { team, webhook: id, delivery } }) => ({
  body: presentDelivery(await readDelivery(deliveryDeps(), team, id, delivery)),
}));

export const handler = oneOf(
  { contract: listWebhooksContract, handler: list },
  { contract: getWebhookContract, handler: get },
  { contract: listDeliveriesContract, handler: listOfDeliveries },
  { contract: getDeliveryContract, handler: getDelivery },
);
