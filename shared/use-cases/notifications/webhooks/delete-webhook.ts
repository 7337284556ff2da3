import type { Webhook } from "../../../domain/notifications/webhook.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { readWebhook } from "./read-webhook.ts";
import type { WebhookDeps } from "./webhook-deps.ts";

/**
 * Deletes a webhook. Its pending messages are suppressed when they are due. @returns the deleted webhook
 * @throws NotFound
 */
export function deleteWebhook(deps: WebhookDeps, team: string, id: string): Promise<Webhook> {
  return retryOnConflict(async () => {
    const webhook = await readWebhook(deps, team, id);
    await deps.webhooks.remove(webhook);
    return webhook;
  });
}
