/** Presents a message to programs: a team's webhook, or a URL used as an address. */
import { contentOf, type MessageContent } from "../../domain/notifications/message-content.ts";
import type { Notification } from "../../domain/notifications/notification.ts";
import type { OutgoingMessage } from "../../domain/notifications/outgoing-message.ts";
import { announcedEvents } from "../../domain/notifications/team-channel.ts";
import { formatInstant } from "../../domain/time.ts";
import { presentIncident } from "../incidents/incident.ts";
import { presentNotification } from "./notification.ts";
import { presentWebhookMessage } from "./webhooks/webhook-message.ts";

/** Stays the same for every repetition, but for the state of the incident. */
export function presentOutgoingMessage(message: OutgoingMessage) {
  const { notification, incident } = message;
  if (notification.webhook) return presentWebhookMessage(notification.webhook, message);
  const { attempts: _, ...presented } = presentNotification(notification);
  return {
    type: typeOf(notification),
    timestamp: formatInstant(notification.createdAt),
    data: {
      notification: presented,
      incident: incident && presentIncident(incident),
      context: presentContext(contentOf(message)),
    },
  };
}

/** Presents what helps to act. Links are runbooks first. */
function presentContext({ labels, links, changes, next }: MessageContent) {
  return {
    labels: Object.fromEntries(labels.map(({ name, value }) => [name, value])),
    links,
    changes: changes.map(({ summary, at, href }) => ({ summary, at: formatInstant(at), href })),
    next: next && { at: formatInstant(next.at), names: next.names },
  };
}

/** Returns `incident.triggered` for an announcement to a team's channel, else `incident.page` and the like. */
function typeOf({ kind, incidentId, metadata }: Notification): string {
  const event = announcedEvents.find((announced) => announced === metadata.event);
  const suffix = kind === "announcement" && event ? event : kind;
  return `${incidentId === null ? "notification" : "incident"}.${suffix}`;
}
