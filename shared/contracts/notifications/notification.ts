import * as z from "zod";
import { channels, type Notification, notificationStatuses } from "../../domain/notification.ts";
import { severities } from "../../domain/severity.ts";
import { formatInstant } from "../../domain/time.ts";
import { instant, instantOrNull } from "../fields.ts";

export const notificationResource = z
  .object({
    id: z.string(),
    incident_id: z.string(),
    channel: z.enum(channels),
    recipient: z.string(),
    message: z.string(),
    severity: z.enum(severities).nullable(),
    status: z.enum(notificationStatuses),
    attempts: z.array(z.object({ at: instant, ok: z.boolean(), detail: z.string() })),
    metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    created_at: instant,
    sent_at: instant.nullable(),
  })
  .meta({ id: "Notification" });

export function presentNotification(notification: Notification): z.input<typeof notificationResource> {
  return {
    id: notification.id,
    incident_id: notification.incidentId,
    channel: notification.channel,
    recipient: notification.recipient,
    message: notification.message,
    severity: notification.severity,
    status: notification.status,
    attempts: notification.attempts.map(({ at, ok, detail }) => ({ at: formatInstant(at), ok, detail })),
    metadata: { ...notification.metadata },
    created_at: formatInstant(notification.createdAt),
    sent_at: instantOrNull(notification.sentAt),
  };
}
