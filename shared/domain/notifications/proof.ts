/**
 * What happened to a notification as a chain of hashes: each attempt's covers the one before, the first what was to be
 * sent to whom. Changing, adding or taking away anything later changes the last hash, which the logs have too.
 */
import type { Attempt, Notification } from "./notification.ts";

/** SHA-256 of a text's UTF-8, in hex. */
export type Sha256 = (text: string) => string;

type Subject = Pick<
  Notification,
  "id" | "incidentId" | "channel" | "recipient" | "address" | "message" | "createdAt" | "attempts"
>;

/** The hash that the first attempt's builds on: what was to be sent. */
export function genesisOf(notification: Omit<Subject, "attempts">, sha256: Sha256): string {
  const { id, incidentId, channel, recipient, address, message, createdAt } = notification;
  return sha256(JSON.stringify([id, incidentId, channel, recipient, address, message, createdAt]));
}

/** The next attempt of a notification, with the hash that ties it to those before. */
export function sealed(notification: Subject, attempt: Omit<Attempt, "hash">, sha256: Sha256): Attempt {
  const before = notification.attempts.at(-1)?.hash ?? genesisOf(notification, sha256);
  return { ...attempt, hash: linkOf(before, attempt, sha256) };
}

export interface Proof {
  readonly genesis: string;
  /** The last hash: whoever has noted it down can tell whether anything changed since. */
  readonly head: string;
  /** Of the first attempt that does not follow from what is before it; null when all do. */
  readonly brokenAt: number | null;
}

/** Works the chain out anew. */
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
