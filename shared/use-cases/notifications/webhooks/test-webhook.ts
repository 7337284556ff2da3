import { idPrefixes } from "../../../domain/ids.ts";
import type { WebhookDelivery } from "../../../domain/notifications/notification.ts";
import { messageTo } from "./notify-webhooks.ts";
import { queued, type SendingDeps } from "./queue-delivery.ts";
import { readWebhook } from "./read-webhook.ts";

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
