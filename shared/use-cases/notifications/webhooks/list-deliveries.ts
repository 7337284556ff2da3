import type { WebhookDelivery } from "../../../domain/notifications/notification.ts";
import { recipientOf } from "../../../domain/notifications/webhook.ts";
import type { Page, PageRequest } from "../../ports/page.ts";
import { isDeliveryTo, type ReadingDeps } from "./queue-delivery.ts";
import { readWebhook } from "./read-webhook.ts";

/** Lists deliveries, newest first. @throws NotFound if the webhook does not exist */
export async function listDeliveries(
  deps: ReadingDeps,
  team: string,
  id: string,
  page: PageRequest,
): Promise<Page<WebhookDelivery>> {
  const webhook = await readWebhook(deps, team, id);
  const { items, next } = await deps.notifications.list({ recipient: recipientOf(webhook) }, page);
  return { items: items.filter((found) => isDeliveryTo(webhook, found)), next };
}
