import type { Notification, WebhookDelivery } from "../../../domain/notifications/notification.ts";
import type { Webhook } from "../../../domain/notifications/webhook.ts";
import type { NotificationStore, WebhookStore } from "../../ports/notifications.ts";
import type { Ulid } from "../../ports/system.ts";
import { required } from "../../required.ts";
import { type QueueNotificationsDeps, queueNotifications } from "../queue-notifications.ts";

export interface ReadingDeps {
  readonly webhooks: WebhookStore;
  readonly notifications: NotificationStore;
}

export interface SendingDeps extends ReadingDeps, QueueNotificationsDeps {
  readonly ulid: Ulid;
}

export async function queued(
  deps: SendingDeps,
  delivery: WebhookDelivery,
  now: number,
): Promise<WebhookDelivery> {
  await queueNotifications(deps, [delivery], now);
  return delivery;
}

export async function deliveryTo(
  { notifications }: ReadingDeps,
  webhook: Webhook,
  deliveryId: string,
): Promise<WebhookDelivery> {
  const found = await notifications.find(deliveryId);
  return required(found && isDeliveryTo(webhook, found) ? found : undefined, "delivery", deliveryId);
}

/** Excludes manual messages, which may have any recipient. */
export function isDeliveryTo({ id }: Webhook, notification: Notification): notification is WebhookDelivery {
  return notification.webhook?.webhookId === id;
}
