import type { Severity } from "../severity.ts";
import type { WebhookMessage } from "./webhook.ts";

export const channels = ["console", "email", "slack", "sms", "webhook", "ntfy", "discord", "teams"] as const;
export type ChannelName = (typeof channels)[number];

export const notificationStatuses = ["queued", "sent", "failed", "suppressed"] as const;
export type NotificationStatus = (typeof notificationStatuses)[number];

export const notificationKinds = ["page", "bundle", "announcement", "handoff", "message"] as const;
/**
 * A page asks a person to answer, a bundle stands for several; an announcement tells a team's channel or
 * webhook, a handoff who takes over; a message was sent by hand.
 */
export type NotificationKind = (typeof notificationKinds)[number];

export const attemptOutcomes = ["sent", "temporary", "permanent", "in_doubt"] as const;
/** In doubt: the delivery stopped between the provider's call and the record of its answer. */
export type AttemptOutcome = (typeof attemptOutcomes)[number];

export interface Attempt {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly ok: boolean;
  readonly outcome: AttemptOutcome;
  /** What the provider answered. */
  readonly detail: string;
  /** Of this attempt and all before it; see proof.ts. */
  readonly hash: string;
}

/** A way to reach somebody. */
export interface ContactMethod {
  readonly id: string;
  readonly channel: ChannelName;
  readonly address: string;
}

/** Where a page goes when it can't be delivered; `pageId` is the page that does that, made or not. */
export interface Fallback {
  readonly pageId: string;
  readonly method: ContactMethod;
}

export interface BundledPage {
  readonly pageId: string;
  readonly incidentId: string;
  readonly incidentNumber: number;
}

/** One message to one recipient over one channel. Times are epoch milliseconds. */
export interface Notification {
  /** `ntf_` and, for what was decided, a digest of the decision, so that one decision is one message. */
  readonly id: string;
  readonly kind: NotificationKind;
  /** Null: it is about no incident in particular. */
  readonly incidentId: string | null;
  readonly channel: ChannelName;
  /** Whom it is for: a person's e-mail, a team, or what was asked for by hand. */
  readonly recipient: string;
  /** Where the channel sends it. */
  readonly address: string;
  readonly message: string;
  readonly severity: Severity | null;
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
  readonly status: NotificationStatus;
  /** Why it is suppressed. */
  readonly reason: string | null;
  readonly attempts: readonly Attempt[];
  readonly createdAt: number;
  /** Not to be sent before. */
  readonly dueAt: number;
  readonly sentAt: number | null;
  /** True when it was only printed to the console, because its channel has no provider. */
  readonly simulated: boolean;
  /** When it is tried again; null when it is not, or was not tried yet. */
  readonly nextAttemptAt: number | null;
  /** While a delivery is under way: when its claim lapses. */
  readonly claimedUntil: number | null;
  /** What makes it needless as long as it is not sent: that somebody answered, or only that it is resolved. */
  readonly cancelledBy: "answer" | "resolution" | null;
  /** Whether it may be held back in a storm; never so for the first page of an incident. */
  readonly mayBeBundled: boolean;
  /** The person's other contact methods, in their order. */
  readonly fallbacks: readonly Fallback[];
  /** The latest of the pages that a bundle stands for, and how many they are. */
  readonly bundled: readonly BundledPage[];
  readonly bundledCount: number;
  /** Null: it is to no team's webhook. */
  readonly webhook: WebhookMessage | null;
  readonly version: number;
}

/** A message to a team's webhook. */
export type WebhookDelivery = Notification & { readonly webhook: WebhookMessage };

/** A notification that nothing has happened to yet. */
export function newNotification(
  fields: Pick<
    Notification,
    "id" | "kind" | "incidentId" | "channel" | "recipient" | "address" | "message" | "severity" | "createdAt"
  > &
    Partial<Notification>,
): Notification {
  return {
    metadata: {},
    status: "queued",
    reason: null,
    attempts: [],
    dueAt: fields.createdAt,
    sentAt: null,
    simulated: false,
    nextAttemptAt: null,
    claimedUntil: null,
    cancelledBy: null,
    mayBeBundled: false,
    fallbacks: [],
    bundled: [],
    bundledCount: 0,
    webhook: null,
    version: 0,
    ...fields,
  };
}
