import { idPrefixes } from "../../../domain/ids.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import type { IncidentEvent } from "../../../domain/incidents/incident-event.ts";
import { newNotification, type WebhookDelivery } from "../../../domain/notifications/notification.ts";
import {
  recipientOf,
  type Webhook,
  type WebhookMessage,
  webhookEventOf,
} from "../../../domain/notifications/webhook.ts";
import type { Digest } from "../../ports/system.ts";
import { type QueueNotificationsDeps, queueNotifications } from "../queue-notifications.ts";

export interface NotifyWebhooksDeps extends QueueNotificationsDeps {
  /** Returns a team's webhooks as they were at some time after `since`. */
  readonly webhooksOf: (team: string, since: number) => Promise<readonly Webhook[]>;
  readonly digest: Digest;
}

/** Queues an event for the team's webhooks that subscribe to it. Idempotent. */
export async function notifyWebhooks(
  deps: NotifyWebhooksDeps,
  event: IncidentEvent,
  incident: Incident,
  now: number,
): Promise<void> {
  const name = webhookEventOf(event);
  if (!name) return;
  const team = "team" in event ? event.team : incident.team;
  const hearing = (await deps.webhooksOf(team, event.at)).filter(
    ({ enabled, events }) => enabled && events.includes(name),
  );
  if (hearing.length === 0) return;
  const messages = hearing.map((webhook) => {
    const id = idPrefixes.notification + deps.digest(JSON.stringify([event.id, webhook.id]));
    return messageTo(webhook, { id, messageId: id, event, createdAt: event.at }, incident);
  });
  await queueNotifications(deps, messages, now);
}

/** Creates a message to a webhook. */
export function messageTo(
  webhook: Webhook,
  message: Pick<WebhookDelivery, "id" | "createdAt"> & Pick<WebhookMessage, "messageId" | "event">,
  incident: Incident | null,
): WebhookDelivery {
  const { id, messageId, event, createdAt } = message;
  const { team } = webhook;
  const name = (event && webhookEventOf(event)) ?? "webhook.ping";
  const recipient = { webhookId: webhook.id, team, messageId, event };
  const notification = newNotification({
    id,
    kind: "announcement",
    incidentId: incident?.id ?? null,
    channel: "webhook",
    recipient: recipientOf(webhook),
    address: webhook.url,
    message: incident ? `${name}: #${incident.number} ${incident.title}` : name,
    severity: incident?.severity ?? null,
    metadata: {
      event: name,
      team,
      ...(incident && { incident_number: incident.number, service: incident.service }),
    },
    createdAt,
  });
  return { ...notification, webhook: recipient };
}
