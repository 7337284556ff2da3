/** Proof that a person receives messages: the codes that were sent to them, and their last answer. */
import { limits } from "../limits.ts";
import { hourMs } from "../time-units.ts";
import type { PersonalMethod } from "./contact.ts";

/** A code that was sent to a contact method. Times are epoch milliseconds. */
export interface SentCode {
  readonly methodId: string;
  /** Digest of the code and of the address to which it was sent, so that it verifies no other address. */
  readonly digest: string;
  /** ID of the notification with the code. */
  readonly notificationId: string;
  readonly sentAt: number;
  readonly expiresAt: number;
  /** Wrong codes that were entered for it. */
  readonly failures: number;
}

/** Times are epoch milliseconds. */
export interface Reachability {
  readonly email: string;
  /** The latest code of each method. */
  readonly codes: readonly SentCode[];
  /** Times of the codes of the last hour. */
  readonly codesSentAt: readonly number[];
  /** Last time the person answered a message; null for never. */
  readonly answeredAt: number | null;
  /** 0 if nothing was ever stored. */
  readonly version: number;
}

/** A contact method, and the end of the code that can be entered for it, in epoch milliseconds. */
export interface MethodWithCode {
  readonly method: PersonalMethod;
  readonly codeExpiresAt: number | null;
}

/** Returns the code that can still be entered for a method. */
export function pendingCode(
  { codes }: Pick<Reachability, "codes">,
  methodId: string,
  now: number,
): SentCode | undefined {
  const code = codes.find((each) => each.methodId === methodId);
  return code && code.expiresAt > now && code.failures < limits.codeAttempts ? code : undefined;
}

/** Returns the time at which the next code can be sent; null if it can be sent now. */
export function nextCodeAt({ codesSentAt }: Reachability, now: number): number | null {
  const recent = inLastHour(codesSentAt, now);
  const [oldest] = recent;
  return oldest === undefined || recent.length < limits.codesPerHour ? null : oldest + hourMs;
}

/** Replaces the code of a method. */
export function withCode(known: Reachability, code: SentCode): Reachability {
  const others = known.codes.filter(
    ({ methodId, expiresAt }) => methodId !== code.methodId && expiresAt > code.sentAt,
  );
  const recent = inLastHour(known.codesSentAt, code.sentAt);
  return { ...known, codes: [...others, code], codesSentAt: [...recent, code.sentAt] };
}

/** Returns what stays of a deleted user: the limit of codes, which they could reset otherwise. */
export function ofDeletedUser({ email, codesSentAt }: Reachability, now: number): Reachability {
  return { email, codes: [], codesSentAt: inLastHour(codesSentAt, now), answeredAt: null, version: 0 };
}

function inLastHour(times: readonly number[], now: number): readonly number[] {
  return times.filter((at) => at > now - hourMs);
}

export function withoutCode(known: Reachability, methodId: string): Reachability {
  return { ...known, codes: known.codes.filter((each) => each.methodId !== methodId) };
}

/** Counts a wrong code. */
export function withFailure(known: Reachability, failed: SentCode): Reachability {
  const codes = known.codes.map((each) =>
    each.methodId === failed.methodId ? { ...each, failures: each.failures + 1 } : each,
  );
  return { ...known, codes };
}

/** Records an answer. One that is not later than the last by a minute changes nothing. */
export function withAnswer(known: Reachability, at: number): Reachability {
  const isKnown = known.answeredAt !== null && at < known.answeredAt + limits.answerSeconds * 1_000;
  return isKnown ? known : { ...known, answeredAt: at };
}
