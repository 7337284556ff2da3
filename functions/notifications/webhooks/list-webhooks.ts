import { listWebhooksContract } from "../../../shared/contracts/notifications/webhooks/list-webhooks.ts";
import { presentWebhook } from "../../../shared/contracts/notifications/webhooks/webhook.ts";
import { endpoint } from "../../../shared/runtime/endpoint.ts";
import { webhooks } from "../../../shared/runtime/later/stores.ts";

export const handler = endpoint(listWebhooksContract, async ({ params: { team }, page, cursor }) => {
  const { items, next } = await webhooks().list(team, page);
  return { body: { webhooks: items.map(presentWebhook), next_cursor: cursor(next) } };
});
