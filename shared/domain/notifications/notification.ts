import type { Severity } from "../severity.ts";
import type { WebhookMessage } from "./webhook.ts";

export const notificationStatuses = ["queued", "sent", "failed", "suppressed"] as const;
export type NotificationStatus = (typeof notificationStatuses)[number];

export const notificationKinds = [
  "page",
  "bundle",
  "announcement",
  "handoff",
  "digest",
  "message",
  "verification",
  "drill",
] as const;
/**
 * A page asks a person to respond, and a bundle covers several pages. An announcement goes to a team's
 * channel or webhook, a handoff to the people taking over, a digest of incidents of low urgency to the people on call. A
 * message was sent manually. A verification has the code of a contact method, and a drill is a page to practice.
 */
export type NotificationKind = (typeof notificationKinds)[number];

export const attemptOutcomes = ["sent", "temporary", "permanent", "in_doubt"] as const;
/** In doubt: the delivery stopped between the provider's call and the record of its response. */
export type AttemptOutcome = (typeof attemptOutcomes)[number];

export interface Attempt {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly ok: boolean;
  readonly outcome: AttemptOutcome;
  /** The provider's response. */
  readonly detail: string;
  /** Hash over this attempt and all before it; see proof.ts. */
  readonly hash: string;
}

export const receiptKinds = ["delivered", "undelivered", "shown", "answered"] as const;
/**
 * Delivered and undelivered are the provider's reports on the message or call. Shown: a device displayed it. Answered:
 * its recipient replied or pressed a button or key.
 */
export type ReceiptKind = (typeof receiptKinds)[number];

export interface DeliveryReceipt {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly kind: ReceiptKind;
  /** The provider's report or the recipient's answer, without secrets. */
  readonly detail: string;
  /** ID of the message or call at the provider. One kind of receipt is recorded once per ID. */
  readonly providerId: string;
  /** Number of attempts that were recorded before it. */
  readonly afterAttempts: number;
  /** Hash over this receipt and everything before it; see proof.ts. */
  readonly hash: string;
}

/** A channel and an address at which a person can be reached. */
export interface ContactMethod {
  readonly id: string;
  /** Name in the registry of channels; a release that no longer has the channel can't deliver. */
  readonly channel: string;
  readonly address: string;
}

/**
 * Contact method for a page that cannot be delivered. `pageId` is the ID of the resulting page, created or
 * not.
 */
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
  /**
   * `ntf_` and, for automatic notifications, a digest of the decision, so that one decision sends one
   * message.
   */
  readonly id: string;
  readonly kind: NotificationKind;
  /** Null if it concerns no particular incident. */
  readonly incidentId: string | null;
  readonly channel: string;
  /** Email of a person, name of a team, or the recipient given manually. */
  readonly recipient: string;
  /** Address at the channel. */
  readonly address: string;
  readonly message: string;
  readonly severity: Severity | null;
  readonly metadata: Readonly<Record<string, string | number | boolean>>;
  readonly status: NotificationStatus;
  /** Reason for its suppression. */
  readonly reason: string | null;
  readonly attempts: readonly Attempt[];
  /** In the order of their arrival. */
  readonly receipts: readonly DeliveryReceipt[];
  readonly createdAt: number;
  /** Earliest time of delivery. */
  readonly dueAt: number;
  readonly sentAt: number | null;
  /** True if it was only printed to the console because its channel is not configured. */
  readonly simulated: boolean;
  /** Time of the next attempt; null if there is none, or before the first. */
  readonly nextAttemptAt: number | null;
  /** Expiry of the claim while a delivery is in progress. */
  readonly claimedUntil: number | null;
  /**
   * Actions that cancel it before it is sent: any acknowledgement or resolution, only a resolution, or a
   * resolution and the recipient's own answer to a request for help.
   */
  readonly cancelledBy: "answer" | "resolution" | "own_answer" | null;
  /** True if it repeats the pages of an earlier pass of the same round. The number of such pages is limited. */
  readonly mayBeBundled: boolean;
  /** ID of the bundle that names it, or is going to. */
  readonly bundledInto: string | null;
  /** The person's other contact methods, in order. */
  readonly fallbacks: readonly Fallback[];
  /** Pages that the message names. Those of an earlier release may have more than are listed. */
  readonly bundled: readonly BundledPage[];
  readonly bundledCount: number;
  /** Null unless it goes to a team's webhook. */
  readonly webhook: WebhookMessage | null;
  readonly version: number;
}

/** Returns true for a message that asks a person to respond. */
export function asksForResponse({ kind }: Pick<Notification, "kind">): boolean {
  return kind === "page" || kind === "bundle";
}

/** A message to a team's webhook. */
export type WebhookDelivery = Notification & { readonly webhook: WebhookMessage };

/** Creates a notification in its initial state. */
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
    receipts: [],
    dueAt: fields.createdAt,
    sentAt: null,
    simulated: false,
    nextAttemptAt: null,
    claimedUntil: null,
    cancelledBy: null,
    mayBeBundled: false,
    bundledInto: null,
    fallbacks: [],
    bundled: [],
    bundledCount: 0,
    webhook: null,
    version: 0,
    ...fields,
  };
}
