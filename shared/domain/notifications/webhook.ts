/** A team's webhooks: what each hears of its incidents, and what signs that. */
import type { IncidentEvent } from "../incidents/incident-event.ts";
import { isWorse } from "../severity.ts";

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
  /** Why the platform switched it off; null when it is on, or somebody else did. */
  readonly disabledReason: string | null;
  /** `whsec_` and base64, as Standard Webhooks has it. */
  readonly secret: string;
  /** The one before, which signs too until then. */
  readonly previousSecret: string | null;
  readonly previousSecretUntil: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly version: number;
}

/** What a notification tells a webhook. */
export interface WebhookMessage {
  readonly webhookId: string;
  readonly team: string;
  /** By which the receiver knows a repetition: a replay has that of what it replays. */
  readonly messageId: string;
  /** Null: it is only to see whether messages arrive. */
  readonly event: IncidentEvent | null;
}

/** What an event is to a webhook; undefined for what none hears: a page is told by what led to it. */
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
    case "paging":
      return undefined;
    default:
      return `incident.${event.type}`;
  }
}

/** Who its messages are to, in the list of notifications. */
export function recipientOf({ id }: Pick<Webhook, "id">): string {
  return `webhook:${id}`;
}

const bothSignMs = 86_400_000;

/** With another secret; the one before signs too for a day. */
export function withSecret(webhook: Webhook, secret: string, now: number): Webhook {
  const { secret: previousSecret } = webhook;
  return { ...webhook, secret, previousSecret, previousSecretUntil: now + bothSignMs, updatedAt: now };
}

/** Returns true if it was given another secret at an instant or after it. */
export function isRotatedSince({ previousSecretUntil }: Webhook, at: number): boolean {
  return previousSecretUntil !== null && previousSecretUntil - bothSignMs >= at;
}

/** What signs at an instant, the newest first. */
export function signingSecrets(
  { secret, previousSecret, previousSecretUntil }: Webhook,
  at: number,
): string[] {
  const both = previousSecret !== null && previousSecretUntil !== null && at < previousSecretUntil;
  return both ? [secret, previousSecret] : [secret];
}

/** Why a message is not to be sent to its webhook; null: it is. */
export function unwantedness(webhook: Webhook | null, { event }: WebhookMessage): string | null {
  if (!webhook) return "the webhook was deleted before it was sent";
  return webhook.enabled || event === null ? null : "the webhook was disabled before it was sent";
}
