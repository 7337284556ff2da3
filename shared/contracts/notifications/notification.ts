import * as z from "zod";
import { redactedAddress } from "../../domain/notifications/address.ts";
import {
  type Attempt,
  attemptOutcomes,
  channels,
  type Notification,
  notificationKinds,
  notificationStatuses,
} from "../../domain/notifications/notification.ts";
import { severities } from "../../domain/severity.ts";
import { formatInstant } from "../../domain/time.ts";
import { instant, instantOrNull } from "../fields.ts";

export const attemptResource = z.object({
  at: instant,
  ok: z.boolean(),
  outcome: z.enum(attemptOutcomes).meta({
    description: "in_doubt: the delivery stopped before its result was recorded; it may have arrived.",
  }),
  detail: z.string(),
  hash: z.string().meta({ description: "Of this attempt and all before it: see its proof." }),
});

export const notificationResource = z
  .object({
    id: z.string(),
    kind: z.enum(notificationKinds),
    incident_id: z.string().nullable(),
    channel: z.enum(channels),
    recipient: z.string().meta({ description: "A person's e-mail, a team, or what was asked for by hand." }),
    address: z.string().meta({
      description: "Where it is sent; shortened to https://host/…last4 where a URL is a secret.",
    }),
    message: z.string(),
    severity: z.enum(severities).nullable(),
    status: z.enum(notificationStatuses),
    simulated: z.boolean().meta({
      description:
        "Printed to the console and sent to nobody, because its channel has no provider; its status is sent.",
    }),
    reason: z.string().nullable().meta({ description: "Why it is suppressed." }),
    attempts: z.array(attemptResource),
    metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    created_at: instant,
    due_at: instant.meta({ description: "Not to be sent before." }),
    sent_at: instant.nullable(),
  })
  .meta({ id: "Notification" });

export function presentNotification(notification: Notification): z.input<typeof notificationResource> {
  const { channel } = notification;
  return {
    id: notification.id,
    kind: notification.kind,
    incident_id: notification.incidentId,
    channel,
    recipient: redactedAddress(channel, notification.recipient),
    address: redactedAddress(channel, notification.address),
    message: notification.message,
    severity: notification.severity,
    status: notification.status,
    simulated: notification.simulated,
    reason: notification.reason,
    attempts: notification.attempts.map(presentAttempt),
    metadata: { ...notification.metadata },
    created_at: formatInstant(notification.createdAt),
    due_at: formatInstant(notification.dueAt),
    sent_at: instantOrNull(notification.sentAt),
  };
}

export function presentAttempt({ at, ok, outcome, detail, hash }: Attempt): z.input<typeof attemptResource> {
  return { at: formatInstant(at), ok, outcome, detail, hash };
}
