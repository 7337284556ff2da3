/**
 * Hash chain over a notification's attempts. Each attempt's hash covers the previous one, and the first
 * covers message and recipient. Any later change, insertion or deletion changes the last hash, which is also
 * in the logs.
 */
import type { Attempt, Notification } from "./notification.ts";

/** SHA-256 of a text's UTF-8, in hex. */
export type Sha256 = (text: string) => string;

type Subject = Pick<
  Notification,
  "id" | "incidentId" | "channel" | "recipient" | "address" | "message" | "createdAt" | "attempts"
>;

/** Returns the hash on which the first attempt builds. It covers the message and its recipient. */
export function genesisOf(notification: Omit<Subject, "attempts">, sha256: Sha256): string {
  const { id, incidentId, channel, recipient, address, message, createdAt } = notification;
  return sha256(JSON.stringify([id, incidentId, channel, recipient, address, message, createdAt]));
}

/** Returns the next attempt of a notification with its hash. */
export function sealed(notification: Subject, attempt: Omit<Attempt, "hash">, sha256: Sha256): Attempt {
  const before = notification.attempts.at(-1)?.hash ?? genesisOf(notification, sha256);
  return { ...attempt, hash: linkOf(before, attempt, sha256) };
}

export interface Proof {
  readonly genesis: string;
  /** The last hash. Compare it with a logged one to detect changes. */
  readonly head: string;
  /** Index of the first attempt that does not match the chain; null if all match. */
  readonly brokenAt: number | null;
}

/** Recomputes the chain. */
export function proofOf(notification: Subject, sha256: Sha256): Proof {
  const genesis = genesisOf(notification, sha256);
  const { attempts } = notification;
  const broken = attempts.findIndex(
    (attempt, index) => attempt.hash !== linkOf(attempts[index - 1]?.hash ?? genesis, attempt, sha256),
  );
  return { genesis, head: attempts.at(-1)?.hash ?? genesis, brokenAt: broken === -1 ? null : broken };
}

function linkOf(before: string, { at, ok, outcome, detail }: Omit<Attempt, "hash">, sha256: Sha256): string {
  return sha256(JSON.stringify([before, at, ok, outcome, detail]));
}
