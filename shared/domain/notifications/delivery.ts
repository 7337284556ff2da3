/** Delivery of a notification: claims, attempts, retries and giving up. */
import { DomainError } from "../errors.ts";
import type { Sha256 } from "../hash-chain.ts";
import { firstPassOf, type Incident } from "../incidents/incident.ts";
import type { IncidentEvent } from "../incidents/incident-event.ts";
import { hasAnswered } from "../incidents/responders.ts";
import type { Attempt, DeliveryReceipt, Notification } from "./notification.ts";
import { sealed } from "./proof.ts";

/** Thrown by a channel if the provider may accept the same message later. */
export class TemporaryFailure extends DomainError {
  readonly code = "temporary_failure";
  /** Delay requested by the provider. */
  readonly retryAfterSeconds: number | null;

  constructor(detail: string, retryAfterSeconds: number | null = null) {
    super(detail);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/**
 * Thrown by a channel if the provider will never accept the message: address, message or account are invalid.
 */
export class PermanentFailure extends DomainError {
  readonly code: string = "permanent_failure";
}

/** Thrown if the receiver permanently rejects further messages (410). */
export class Gone extends PermanentFailure {
  override readonly code = "gone";
}

/** Attempts per message and channel. With the delays between them they take about half an hour. */
export const maxAttempts = 8;

const firstDelaySeconds = 15;
/** Maximum delay that a provider can request, so that it cannot block a page for a day. */
const longestRetryAfterSeconds = 900;

/**
 * Seconds until the next attempt: 15, 30, 60, … 960, each with 20% jitter, so that messages that failed
 * together are not retried together. A longer delay requested by the provider takes precedence.
 *
 * @param attempts number of attempts so far
 * @param random in [0, 1)
 */
export function retryDelaySeconds(
  attempts: number,
  random: number,
  retryAfterSeconds: number | null,
): number {
  const backOff = firstDelaySeconds * 2 ** (attempts - 1) * (0.8 + 0.4 * random);
  return Math.max(backOff, Math.min(retryAfterSeconds ?? 0, longestRetryAfterSeconds));
}

/** Maximum duration of a delivery before another may assume that its process crashed. */
export const claimMs = 30_000;

type Claim =
  | { readonly kind: "claimed"; readonly notification: Notification }
  | { readonly kind: "finished" }
  /** An attempt that crashed after its claim was accepted by the provider. */
  | { readonly kind: "accepted" }
  /** Another delivery holds the claim until then, or the next attempt is due then. */
  | { readonly kind: "busy"; readonly until: number };

/**
 * Claims a notification for one delivery. An attempt that crashed after its claim is recorded as in doubt, unless a
 * report or an answer shows that the provider accepted it. A failed notification is tried once more in two cases: for the
 * message that gave it up, redriven from the dead-letter queue, and if its delivery crashed before the follow-up steps
 * were done. Duplicates are ignored.
 *
 * @param givenUpAfter number of attempts when the message was given up; undefined for any other message
 */
export function claim(
  notification: Notification,
  { now, givenUpAfter }: { readonly now: number; readonly givenUpAfter?: number | undefined },
  sha256: Sha256,
): Claim {
  const { status, claimedUntil, nextAttemptAt } = notification;
  if (status === "sent" || status === "suppressed") return { kind: "finished" };
  if (claimedUntil !== null && claimedUntil > now) return { kind: "busy", until: claimedUntil };
  if (nextAttemptAt !== null && nextAttemptAt > now) return { kind: "busy", until: nextAttemptAt };
  const isOver = status === "failed" && claimedUntil === null;
  if (isOver && notification.attempts.length !== givenUpAfter) return { kind: "finished" };
  const inDoubt = {
    at: now,
    ok: false,
    outcome: "in_doubt" as const,
    detail: "in doubt: an earlier delivery stopped before its result was recorded",
  };
  const isKnown = status === "failed" || claimedUntil === null;
  if (!isKnown && receiptOfPending(notification)) return { kind: "accepted" };
  const known = isKnown ? notification : withAttempt(notification, inDoubt, sha256);
  return {
    kind: "claimed",
    notification: { ...known, status: "queued", claimedUntil: now + claimMs },
  };
}

/** A channel's report on an accepted message. */
export interface Receipt {
  /** The provider's response, without secrets. */
  readonly detail: string;
  /** True if the message was only printed to the console because the channel is not configured. */
  readonly simulated?: boolean;
}

export function delivered(
  notification: Notification,
  { detail, simulated = false }: Receipt,
  now: number,
  sha256: Sha256,
): Notification {
  const attempt = { at: now, ok: true, outcome: "sent" as const, detail };
  return { ...withAttempt(notification, attempt, sha256), status: "sent", sentAt: now, simulated };
}

/** Records an attempt whose result was lost as sent, because it was delivered or answered. */
export function accepted(notification: Notification, now: number, sha256: Sha256): Notification {
  const at = receiptOfPending(notification)?.at ?? now;
  return delivered(notification, { detail: "accepted, as a later receipt shows" }, at, sha256);
}

/** Returns the receipt that proves that a message reached its recipient, although no attempt is recorded for it. */
function receiptOfPending({ receipts, attempts }: Notification): DeliveryReceipt | undefined {
  return receipts.find(
    ({ kind, afterAttempts }) => kind !== "undelivered" && afterAttempts === attempts.length,
  );
}

/**
 * Records a failed attempt. The notification stays queued for the next one, unless this was the last or the
 * failure is permanent. It then stays claimed until the follow-up steps are done.
 */
export function undelivered(
  notification: Notification,
  failure: TemporaryFailure | PermanentFailure,
  now: number,
  sha256: Sha256,
): Notification {
  const permanent = failure instanceof PermanentFailure;
  const outcome = permanent ? ("permanent" as const) : ("temporary" as const);
  const tried = withAttempt(notification, { at: now, ok: false, outcome, detail: failure.message }, sha256);
  const over = permanent || tried.attempts.length >= maxAttempts;
  return over ? { ...tried, status: "failed", claimedUntil: notification.claimedUntil } : tried;
}

/** Releases the claim of a failed notification once its follow-up steps are done. */
export function settled(failed: Notification): Notification {
  return { ...failed, claimedUntil: null };
}

/** Marks a notification as not to be sent. A page also leaves its bundle, which does not name it. */
export function suppressed(notification: Notification, reason: string): Notification {
  return { ...notification, status: "suppressed", reason, claimedUntil: null, bundledInto: null };
}

/**
 * Returns the reason to suppress a notification; null if it must be sent. A page of a finished round must not be sent
 * in a later one, which decides on pages of its own.
 */
export function suppressionReason(
  {
    cancelledBy,
    metadata: { pass },
    recipient,
    createdAt,
  }: Pick<Notification, "cancelledBy" | "metadata" | "recipient" | "createdAt">,
  incident: Pick<Incident, "status" | "escalation" | "lastPass" | "responders">,
): string | null {
  if (cancelledBy === null) return null;
  if (cancelledBy === "own_answer" && hasAnswered(incident, recipient, createdAt))
    return "the recipient answered before it was sent";
  const { status } = incident;
  const isAnswered = cancelledBy === "answer" ? status !== "open" : status === "resolved";
  if (isAnswered) return `the incident was ${status} before it was sent`;
  const isOld = typeof pass === "number" && pass < firstPassOf(incident);
  return isOld ? "the incident was paged again from the first rule before it was sent" : null;
}

/**
 * Returns true if a page that was sent needs no answer anymore since this event, so that a channel may take it back.
 * Those that an acknowledgement made unnecessary were taken back then.
 */
export function isWithdrawn(
  notification: Notification,
  incident: Pick<
    Incident,
    "status" | "escalation" | "lastPass" | "responders" | "acknowledgedAt" | "resolvedAt"
  >,
  event: IncidentEvent["type"],
): boolean {
  const { kind, status, simulated, sentAt, cancelledBy } = notification;
  if (kind !== "page" || status !== "sent" || simulated || sentAt === null) return false;
  if (incident.status === "open" || suppressionReason(notification, incident) === null) return false;
  const { acknowledgedAt, resolvedAt } = incident;
  // An incident that is resolved at once counts as acknowledged at the same time.
  const acknowledgedEarlier =
    event !== "acknowledged" && acknowledgedAt !== null && acknowledgedAt !== resolvedAt;
  return !(cancelledBy === "answer" && acknowledgedEarlier && sentAt < acknowledgedAt);
}

/** Returns true if a message was sent that shows the state of an incident, which no one needs to answer anymore. */
export function showsState({ status, simulated }: Notification, incident: Pick<Incident, "status">): boolean {
  return status === "sent" && !simulated && incident.status !== "open";
}

/** Returns true if the notification is queued, unclaimed and without attempts. */
export function isUntouched({ status, claimedUntil, attempts }: Notification): boolean {
  return status === "queued" && claimedUntil === null && attempts.length === 0;
}

function withAttempt(
  notification: Notification,
  attempt: Omit<Attempt, "hash">,
  sha256: Sha256,
): Notification {
  return {
    ...notification,
    claimedUntil: null,
    nextAttemptAt: null,
    attempts: [
      ...notification.attempts,
      // DynamoDB rejects unpaired surrogates, and the result must be recorded.
      sealed(notification, { ...attempt, detail: attempt.detail.toWellFormed() }, sha256),
    ],
  };
}
