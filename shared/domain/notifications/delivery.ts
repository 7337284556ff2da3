/** Delivering a notification: claimed, tried, tried again, given up. */
import { DomainError } from "../errors.ts";
import type { Incident } from "../incidents/incident.ts";
import type { Attempt, Notification } from "./notification.ts";
import { type Sha256, sealed } from "./proof.ts";

/** Thrown by a channel when the same message may well be accepted later. */
export class TemporaryFailure extends DomainError {
  readonly code = "temporary_failure";
  /** What the provider asked for. */
  readonly retryAfterSeconds: number | null;

  constructor(detail: string, retryAfterSeconds: number | null = null) {
    super(detail);
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** Thrown by a channel when the message will never be accepted: the address, the message or the account is wrong. */
export class PermanentFailure extends DomainError {
  readonly code: string = "permanent_failure";
}

/** Thrown when whoever receives there wants no message any more. */
export class Gone extends PermanentFailure {
  override readonly code = "gone";
}

/** Of one message over one channel; with the delays between them they take about half an hour. */
export const maxAttempts = 8;

const firstDelaySeconds = 15;
/** What a provider may ask for, so that one that asks for a day doesn't hold a page. */
const longestRetryAfterSeconds = 900;

/**
 * Seconds until the next attempt: 15, 30, 60, … 960, each a fifth more or less, so that what failed together doesn't
 * come again together; or what the provider asked for, if that is longer.
 *
 * @param attempts how many there were
 * @param random from [0, 1)
 */
export function retryDelaySeconds(
  attempts: number,
  random: number,
  retryAfterSeconds: number | null,
): number {
  const backOff = firstDelaySeconds * 2 ** (attempts - 1) * (0.8 + 0.4 * random);
  return Math.max(backOff, Math.min(retryAfterSeconds ?? 0, longestRetryAfterSeconds));
}

/** How long a delivery may take before another may assume that it died. */
export const claimMs = 30_000;

export type Claim =
  | { readonly kind: "claimed"; readonly notification: Notification }
  | { readonly kind: "finished" }
  /** Somebody else holds it until then, or its next attempt is due then. */
  | { readonly kind: "busy"; readonly until: number };

/**
 * Reserves a notification for one delivery; what died after claiming is recorded as in doubt. One that has failed is
 * tried once more for the message that gave it up, sent back from the dead letters, and where its delivery died before
 * the consequences were drawn: not for duplicates.
 *
 * @param givenUpAfter how many attempts there were when the message was given up; undefined for any other message
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
  const known = isKnown ? notification : withAttempt(notification, inDoubt, sha256);
  return {
    kind: "claimed",
    notification: { ...known, status: "queued", claimedUntil: now + claimMs },
  };
}

/** Report of a channel on a message that was accepted. */
export interface Receipt {
  /** Answer of the provider; no secret is in it. */
  readonly detail: string;
  /** True when the message was only printed to the console, because the channel has no provider. */
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

/**
 * A failed attempt; it stays queued for the next one unless that was the last, or none would help. Then it stays
 * claimed until the consequences are drawn.
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

/** Lets go of a failed notification whose consequences are drawn. */
export function settled(failed: Notification): Notification {
  return { ...failed, claimedUntil: null };
}

/** Not to be sent any more. */
export function suppressed(notification: Notification, reason: string): Notification {
  return { ...notification, status: "suppressed", reason, claimedUntil: null };
}

/** Why a notification need not be sent any more; null: it has to be. */
export function needlessness(
  { cancelledBy }: Pick<Notification, "cancelledBy">,
  { status }: Pick<Incident, "status">,
): string | null {
  const needless = cancelledBy === "answer" ? status !== "open" : status === "resolved";
  return cancelledBy !== null && needless ? `the incident was ${status} before it was sent` : null;
}

/** Whether it waits, and no delivery of it is under way or has been tried. */
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
      // The table refuses half characters, and what was sent has to be recorded.
      sealed(notification, { ...attempt, detail: attempt.detail.toWellFormed() }, sha256),
    ],
  };
}
