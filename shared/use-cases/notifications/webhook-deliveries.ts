/** Delivery log of a webhook, and replays. */
import { Conflict } from "../../domain/errors.ts";
import { idPrefixes } from "../../domain/ids.ts";
import type { Notification, WebhookDelivery } from "../../domain/notifications/notification.ts";
import { recipientOf, type Webhook } from "../../domain/notifications/webhook.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import type { NotificationStore, WebhookStore } from "../ports/notifications.ts";
import type { Page, PageRequest } from "../ports/page.ts";
import type { Ulid } from "../ports/system.ts";
import { required } from "../required.ts";
import { messageTo } from "./notify-webhooks.ts";
import { type QueueNotificationsDeps, queueNotifications } from "./queue-notifications.ts";
import { readWebhook } from "./webhooks.ts";

interface ReadingDeps {
  readonly webhooks: WebhookStore;
  readonly notifications: NotificationStore;
}

interface SendingDeps extends ReadingDeps, QueueNotificationsDeps {
  readonly ulid: Ulid;
}

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

/** @throws NotFound if the webhook or the delivery does not exist */
export async function readDelivery(
  deps: ReadingDeps,
  team: string,
  id: string,
  deliveryId: string,
): Promise<WebhookDelivery> {
  return deliveryTo(deps, await readWebhook(deps, team, id), deliveryId);
}

/**
 * Sends a delivery's message again with the same message ID, to the webhook's current URL. It is a new
 * delivery with its own attempts.
 *
 * @throws NotFound
 * @throws Conflict while the webhook is disabled
 */
export async function replayDelivery(
  deps: SendingDeps & { readonly incidents: IncidentStore },
  team: string,
  id: string,
  deliveryId: string,
  now: number,
): Promise<WebhookDelivery> {
  const webhook = await readWebhook(deps, team, id);
  const { incidentId, webhook: message } = await deliveryTo(deps, webhook, deliveryId);
  if (!webhook.enabled) throw new Conflict(`The webhook ${id} is disabled: enable it first`);
  const incident = incidentId === null ? null : ((await deps.incidents.find(incidentId)) ?? null);
  const replay = { id: idPrefixes.notification + deps.ulid(now), createdAt: now };
  return queued(deps, messageTo(webhook, { ...replay, ...message }, incident), now);
}

/** Sends a test message, even while the webhook is disabled. @throws NotFound */
export async function testWebhook(
  deps: SendingDeps,
  team: string,
  id: string,
  now: number,
): Promise<WebhookDelivery> {
  const webhook = await readWebhook(deps, team, id);
  const ping = idPrefixes.notification + deps.ulid(now);
  return queued(
    deps,
    messageTo(webhook, { id: ping, messageId: ping, event: null, createdAt: now }, null),
    now,
  );
}

async function queued(deps: SendingDeps, delivery: WebhookDelivery, now: number): Promise<WebhookDelivery> {
  await queueNotifications(deps, [delivery], now);
  return delivery;
}

async function deliveryTo(
  { notifications }: ReadingDeps,
  webhook: Webhook,
  deliveryId: string,
): Promise<WebhookDelivery> {
  const found = await notifications.find(deliveryId);
  return required(found && isDeliveryTo(webhook, found) ? found : undefined, "delivery", deliveryId);
}

/** Excludes manual messages, which may have any recipient. */
function isDeliveryTo({ id }: Webhook, notification: Notification): notification is WebhookDelivery {
  return notification.webhook?.webhookId === id;
}
