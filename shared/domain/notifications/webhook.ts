/** A team's webhooks: subscribed events and signing secrets. */
import type { IncidentEvent } from "../incidents/incident-event.ts";
import { isWorse } from "../severity.ts";
import { dayMs } from "../time-units.ts";

export const webhookEvents = [
  "incident.triggered",
  "incident.acknowledged",
  "incident.resolved",
  "incident.escalated",
  "incident.escalation_exhausted",
  "incident.coverage_gap",
  "incident.note_added",
  "incident.reassigned",
  "incident.severity_raised",
  "incident.severity_lowered",
  "incident.renamed",
  "incident.description_changed",
  "incident.labels_changed",
  "incident.snoozed",
  "incident.unacknowledged",
  "incident.reopened",
  "incident.merged",
  "incident.merged_from",
  "incident.moved",
  "incident.urgency_changed",
  "incident.responders_requested",
  "incident.responder_answered",
] as const;
export type WebhookEvent = (typeof webhookEvents)[number];

/** Times are epoch milliseconds. */
export interface Webhook {
  /** `whk_` and a ULID. */
  readonly id: string;
  readonly team: string;
  readonly url: string;
  readonly description: string | null;
  readonly events: readonly WebhookEvent[];
  readonly enabled: boolean;
  /** Reason for its automatic deactivation; null if it is active or was disabled by a person. */
  readonly disabledReason: string | null;
  /** `whsec_` and base64, as in Standard Webhooks. */
  readonly secret: string;
  /** The previous secret, which also signs until then. */
  readonly previousSecret: string | null;
  readonly previousSecretUntil: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly version: number;
}

/** Content of a notification to a webhook. */
export interface WebhookMessage {
  readonly webhookId: string;
  readonly team: string;
  /** ID by which the receiver detects duplicates. A replay has the ID of the original message. */
  readonly messageId: string;
  /** Null for a test message. */
  readonly event: IncidentEvent | null;
}

/**
 * Returns the webhook event of an incident event; undefined if webhooks are not notified. Paging is reported
 * by the event that caused it.
 */
export function webhookEventOf(event: IncidentEvent): WebhookEvent | undefined {
  switch (event.type) {
    case "opened":
      return "incident.triggered";
    case "assigned":
      return "incident.reassigned";
    case "noted":
      return "incident.note_added";
    case "severity_changed":
      return isWorse(event.to, event.from) ? "incident.severity_raised" : "incident.severity_lowered";
    case "title_changed":
      return "incident.renamed";
    case "reopened":
      return event.from === "resolved" ? "incident.reopened" : "incident.unacknowledged";
    case "paging":
      return undefined;
    default:
      return `incident.${event.type}`;
  }
}

/** Returns the recipient of its messages, for the list of notifications. */
export function recipientOf({ id }: Pick<Webhook, "id">): string {
  return `webhook:${id}`;
}

const bothSignMs = dayMs;

/** Replaces the secret. The previous one also signs for a day. */
export function withSecret(webhook: Webhook, secret: string, now: number): Webhook {
  const { secret: previousSecret } = webhook;
  return { ...webhook, secret, previousSecret, previousSecretUntil: now + bothSignMs, updatedAt: now };
}

/** Returns true if its secret was rotated at or after a time. */
export function isRotatedSince({ previousSecretUntil }: Webhook, at: number): boolean {
  return previousSecretUntil !== null && previousSecretUntil - bothSignMs >= at;
}

/** Returns the secrets that sign at a time, newest first. */
export function signingSecrets(
  { secret, previousSecret, previousSecretUntil }: Webhook,
  at: number,
): string[] {
  const both = previousSecret !== null && previousSecretUntil !== null && at < previousSecretUntil;
  return both ? [secret, previousSecret] : [secret];
}

/** Returns the reason not to send a message to its webhook; null if it is to be sent. */
export function webhookSuppressionReason(webhook: Webhook | null, { event }: WebhookMessage): string | null {
  if (!webhook) return "the webhook was deleted before it was sent";
  return webhook.enabled || event === null ? null : "the webhook was disabled before it was sent";
}
