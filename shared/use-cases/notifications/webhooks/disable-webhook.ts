import type { Notification } from "../../../domain/notifications/notification.ts";
import type { Webhook } from "../../../domain/notifications/webhook.ts";
import type { WebhookStore } from "../../ports/notifications.ts";
import type { Log } from "../../ports/system.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";

/** Disables a webhook whose receiver returned 410. If its URL was changed since, it stays enabled. */
export function disableGone(
  { webhooks, log }: { readonly webhooks: WebhookStore; readonly log: Log },
  { team, id }: Webhook,
  { address }: Notification,
  now: number,
): Promise<void> {
  return retryOnConflict(async () => {
    const webhook = await webhooks.find(team, id);
    if (!webhook?.enabled || webhook.url !== address) return;
    const disabledReason = "the receiver returned 410 Gone";
    await webhooks.replace({ ...webhook, enabled: false, disabledReason, updatedAt: now });
    log.warn("webhook disabled, its receiver responded with 410", { webhook_id: id, team });
  });
}
