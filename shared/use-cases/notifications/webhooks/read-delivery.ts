import type { WebhookDelivery } from "../../../domain/notifications/notification.ts";
import { deliveryTo, type ReadingDeps } from "./queue-delivery.ts";
import { readWebhook } from "./read-webhook.ts";

/** @throws NotFound if the webhook or the delivery does not exist */
export async function readDelivery(
  deps: ReadingDeps,
  team: string,
  id: string,
  deliveryId: string,
): Promise<WebhookDelivery> {
  return deliveryTo(deps, await readWebhook(deps, team, id), deliveryId);
}
