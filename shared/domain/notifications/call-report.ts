/** Reports on calls, in the words of Twilio, which other providers' are translated to. */
import type { ReceiptKind } from "./notification.ts";

export interface CallReport {
  readonly kind: ReceiptKind;
  readonly detail: string;
}

const answeredByPerson = { kind: "delivered", detail: "answered by a person" } as const;
const answeredByMachine = { kind: "undelivered", detail: "answered by a machine" } as const;
export const answeredByUnknown = { kind: "undelivered", detail: "answered by someone unknown" } as const;

/** Returns a report on a call that a person, or a machine such as a fax, answered; null if that is unknown. */
export function answerReport(answeredBy: string | null | undefined): CallReport | null {
  if (answeredBy === "human") return answeredByPerson;
  const isMachine = answeredBy?.startsWith("machine") === true || answeredBy === "fax";
  return isMachine ? answeredByMachine : null;
}

const failures: ReadonlySet<string> = new Set(["failed", "busy", "no-answer", "canceled"]);

/** Returns a report on a call that is over; null for one that is not. */
export function endReport(status: string, answeredBy: string | null | undefined): CallReport | null {
  if (status === "completed") return answerReport(answeredBy) ?? answeredByUnknown;
  return failures.has(status) ? { kind: "undelivered", detail: status } : null;
}

/** Statuses of Vonage with the same meaning. */
const vonageStatuses: Readonly<Record<string, string>> = {
  busy: "busy",
  cancelled: "canceled",
  failed: "failed",
  rejected: "failed",
  timeout: "no-answer",
  unanswered: "no-answer",
};

/** Returns a report on a call with a status of Vonage; null for one that is not over, or ended without such a report. */
export function vonageReport(status: string): CallReport | null {
  const known = Object.hasOwn(vonageStatuses, status) ? vonageStatuses[status] : undefined;
  return known === undefined ? answerReport(status) : endReport(known, null);
}
