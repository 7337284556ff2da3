import * as z from "zod";
import {
  type Attempt,
  attemptOutcomes,
  type NotificationStatus,
  type WebhookDelivery,
} from "../../../domain/notifications/notification.ts";
import { webhookEventOf, webhookEvents } from "../../../domain/notifications/webhook.ts";
import { formatInstant } from "../../../domain/time.ts";
import { instant, instantOrNull } from "../../fields.ts";

const statuses = ["pending", "delivered", "failed", "cancelled"] as const;

const statusOf = {
  queued: "pending",
  sent: "delivered",
  failed: "failed",
  suppressed: "cancelled",
} as const satisfies Record<NotificationStatus, (typeof statuses)[number]>;

import { webhookPath } from "./webhook.ts";

export const deliveryResource = z
  .object({
    id: z.string(),
    webhook_id: z.string(),
    message_id: z.string().meta({
      description: "The webhook-id header. A replay has the same message ID and a new ID.",
    }),
    event: z.enum([...webhookEvents, "webhook.ping"]),
    event_id: z.string().nullable(),
    incident_id: z.string().nullable(),
    url: z.string(),
    status: z.enum(statuses),
    reason: z.string().nullable().meta({ description: "Reason for its cancellation." }),
    attempts: z.array(
      z.object({
        at: instant,
        outcome: z.enum(attemptOutcomes),
        status_code: z.number().nullable().meta({ description: "Null if there was no response." }),
        detail: z.string(),
      }),
    ),
    created_at: instant,
    next_attempt_at: instant.nullable(),
    delivered_at: instant.nullable(),
  })
  .meta({ id: "WebhookDelivery" });

export function presentDelivery(delivery: WebhookDelivery): z.input<typeof deliveryResource> {
  const { webhook: message, attempts, status } = delivery;
  const isFresh = attempts.length === 0 && status === "queued";
  return {
    id: delivery.id,
    webhook_id: message.webhookId,
    message_id: message.messageId,
    event: (message.event && webhookEventOf(message.event)) ?? "webhook.ping",
    event_id: message.event?.id ?? null,
    incident_id: delivery.incidentId,
    url: delivery.address,
    status: statusOf[status],
    reason: delivery.reason,
    attempts: attempts.map(presentDeliveryAttempt),
    created_at: formatInstant(delivery.createdAt),
    next_attempt_at: instantOrNull(isFresh ? delivery.dueAt : delivery.nextAttemptAt),
    delivered_at: instantOrNull(delivery.sentAt),
  };
}

export function deliveryPath({ id, webhook: { team, webhookId } }: WebhookDelivery): string {
  return `${webhookPath(team, webhookId)}/deliveries/${id}`;
}

/** The stored response starts with its status code. */
function presentDeliveryAttempt({ at, outcome, detail }: Attempt) {
  const [status] = /^\d{3}(?= |$)/.exec(detail) ?? [];
  const statusCode = status === undefined ? null : Number(status);
  return { at: formatInstant(at), outcome, status_code: statusCode, detail };
}
