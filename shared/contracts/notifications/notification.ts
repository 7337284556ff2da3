import * as z from "zod";
import { redactedAddress } from "../../channels/address.ts";
import { limits } from "../../domain/limits.ts";
import {
  type Attempt,
  attemptOutcomes,
  type DeliveryReceipt,
  type Notification,
  notificationKinds,
  notificationStatuses,
  receiptKinds,
} from "../../domain/notifications/notification.ts";
import { severities } from "../../domain/severity.ts";
import { formatInstant } from "../../domain/time.ts";
import { channelResource } from "../channel.ts";
import { instant, instantOrNull } from "../fields.ts";

export const attemptResource = z.object({
  at: instant,
  ok: z.boolean(),
  outcome: z.enum(attemptOutcomes).meta({
    description:
      "in_doubt: the delivery stopped before its result was recorded, so the message may have arrived.",
  }),
  detail: z.string(),
  hash: z
    .string()
    .meta({ description: "Hash over this attempt and everything before it. See the proof of delivery." }),
});

export const receiptResource = z.object({
  at: instant,
  kind: z.enum(receiptKinds).meta({
    description:
      "delivered and undelivered: the provider's report. shown: a device displayed it. answered: its recipient replied.",
  }),
  detail: z.string(),
  after_attempts: z
    .int()
    .meta({ description: "Number of attempts that were recorded before it: its place in the chain." }),
  hash: z
    .string()
    .meta({ description: "Hash over this receipt and everything before it. See the proof of delivery." }),
});

export const notificationResource = z
  .object({
    id: z.string(),
    kind: z.enum(notificationKinds),
    incident_id: z.string().nullable(),
    channel: channelResource,
    recipient: z
      .string()
      .meta({ description: "Email of a person, name of a team, or the recipient given manually." }),
    address: z.string().meta({
      description: "Address at the channel. Secret URLs are shortened to https://host/…last4.",
    }),
    message: z.string(),
    severity: z.enum(severities).nullable(),
    status: z.enum(notificationStatuses),
    simulated: z.boolean().meta({
      description:
        "True if it was only printed to the console because its channel is not configured. Its status is sent.",
    }),
    bundled_into: z.string().nullable().meta({
      description: "ID of the bundle whose message names its incident, or is going to.",
    }),
    reason: z.string().nullable().meta({ description: "Reason for its suppression." }),
    attempts: z.array(attemptResource),
    receipts: z.array(receiptResource).meta({
      description: `Reports after an attempt, in the order of their arrival, at most ${limits.receiptsPerNotification}.`,
    }),
    metadata: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
    created_at: instant,
    due_at: instant.meta({ description: "Earliest time of delivery." }),
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
    bundled_into: notification.bundledInto,
    reason: notification.reason,
    attempts: notification.attempts.map(presentAttempt),
    receipts: notification.receipts.map(presentReceipt),
    metadata: { ...notification.metadata },
    created_at: formatInstant(notification.createdAt),
    due_at: formatInstant(notification.dueAt),
    sent_at: instantOrNull(notification.sentAt),
  };
}

export function presentAttempt({ at, ok, outcome, detail, hash }: Attempt): z.input<typeof attemptResource> {
  return { at: formatInstant(at), ok, outcome, detail, hash };
}

export function presentReceipt({
  at,
  kind,
  detail,
  afterAttempts,
  hash,
}: DeliveryReceipt): z.input<typeof receiptResource> {
  return { at: formatInstant(at), kind, detail, after_attempts: afterAttempts, hash };
}
