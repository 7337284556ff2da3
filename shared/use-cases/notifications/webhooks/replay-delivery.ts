import { Conflict } from "../../../domain/errors.ts";
import { idPrefixes } from "../../../domain/ids.ts";
import type { WebhookDelivery } from "../../../domain/notifications/notification.ts";
import type { IncidentStore } from "../../ports/incidents.ts";
import { messageTo } from "./notify-webhooks.ts";
import { deliveryTo, queued, type SendingDeps } from "./queue-delivery.ts";
import { readWebhook } from "./read-webhook.ts";

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
