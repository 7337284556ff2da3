/**
 * Hash chain over a notification's attempts and receipts. Each hash covers the previous one, and the first covers
 * message and recipient. Any later change, insertion or deletion changes the last hash, which is also in the logs.
 */
import { brokenLinks, chainedHash, type Link, type Sha256 } from "../hash-chain.ts";
import type { Attempt, DeliveryReceipt, Notification } from "./notification.ts";

type Subject = Pick<
  Notification,
  | "id"
  | "incidentId"
  | "channel"
  | "recipient"
  | "address"
  | "message"
  | "createdAt"
  | "attempts"
  | "receipts"
>;

/** Returns the hash on which the first entry builds. It covers the message and its recipient. */
export function genesisOf(notification: Omit<Subject, "attempts" | "receipts">, sha256: Sha256): string {
  const { id, incidentId, channel, recipient, address, message, createdAt } = notification;
  return sha256(JSON.stringify([id, incidentId, channel, recipient, address, message, createdAt]));
}

/** Returns the next attempt of a notification with its hash. */
export function sealed(notification: Subject, attempt: Omit<Attempt, "hash">, sha256: Sha256): Attempt {
  return { ...attempt, hash: chainedHash(headOf(notification, sha256), valuesOfAttempt(attempt), sha256) };
}

/** Returns the next receipt of a notification with its hash. */
export function sealedReceipt(
  notification: Subject,
  receipt: Omit<DeliveryReceipt, "hash">,
  sha256: Sha256,
): DeliveryReceipt {
  return { ...receipt, hash: chainedHash(headOf(notification, sha256), valuesOfReceipt(receipt), sha256) };
}

export interface Proof {
  readonly genesis: string;
  /** The last hash. Compare it with a logged one to detect changes. */
  readonly head: string;
  /** Index of the first attempt that does not match the chain; null if all match. */
  readonly brokenAt: number | null;
  /** Index of the first receipt that does not match the chain; null if all match. */
  readonly brokenReceiptAt: number | null;
}

/** Recomputes the chain. */
export function proofOf(notification: Subject, sha256: Sha256): Proof {
  const genesis = genesisOf(notification, sha256);
  const entries = chainOf(notification);
  const broken = brokenLinks(genesis, entries.map(linkOf), sha256).map((index) => entries[index]);
  const firstBroken = (kind: ProofEntry["kind"]) =>
    broken.find((entry) => entry?.kind === kind)?.index ?? null;
  return {
    genesis,
    head: entries.at(-1)?.of.hash ?? genesis,
    brokenAt: firstBroken("attempt"),
    brokenReceiptAt: firstBroken("receipt"),
  };
}

export type ProofEntry =
  | { readonly kind: "attempt"; readonly index: number; readonly of: Attempt }
  | { readonly kind: "receipt"; readonly index: number; readonly of: DeliveryReceipt };

/** Returns attempts and receipts in the order in which they were recorded. */
export function chainOf({
  attempts,
  receipts,
}: Pick<Subject, "attempts" | "receipts">): readonly ProofEntry[] {
  const numbered = receipts.map((of, index) => ({ kind: "receipt" as const, index, of }));
  const after = (count: number) => numbered.filter(({ of }) => of.afterAttempts === count);
  const beyond = numbered.filter(({ of }) => of.afterAttempts > attempts.length);
  return [
    ...after(0),
    ...attempts.flatMap((of, index) => [{ kind: "attempt" as const, index, of }, ...after(index + 1)]),
    ...beyond,
  ];
}

function headOf(notification: Subject, sha256: Sha256): string {
  return chainOf(notification).at(-1)?.of.hash ?? genesisOf(notification, sha256);
}

function linkOf(entry: ProofEntry): Link {
  const values = entry.kind === "attempt" ? valuesOfAttempt(entry.of) : valuesOfReceipt(entry.of);
  return { values, hash: entry.of.hash };
}

function valuesOfAttempt({ at, ok, outcome, detail }: Omit<Attempt, "hash">): unknown[] {
  return [at, ok, outcome, detail];
}

function valuesOfReceipt({ at, kind, detail }: Omit<DeliveryReceipt, "hash">): unknown[] {
  return [at, kind, detail];
}
