/**
 * Hash chain over the entries of the audit log. An entry is recorded together with its digest. Within a minute, the digest
 * is sealed: it becomes the next link of the chain. So configuration changes never wait for the chain, or for each other.
 *
 * Seals are kept permanently. They outlive their entries, and tell when an entry was to be deleted.
 */
import { brokenLinks, chainedHash, type Sha256 } from "../hash-chain.ts";
import type { AuditEntry } from "./audit.ts";

/** The digest of an entry. */
export interface EntryDigest {
  readonly entryId: string;
  /** Hash of the entry's content. */
  readonly content: string;
  /** Time in epoch seconds at which the entry expires; null if it is kept permanently. */
  readonly entryExpiresAt: number | null;
}

/** A link of the chain. An entry whose names were replaced later has another seal for its new content. */
export interface Seal extends EntryDigest {
  /** 1 for the first. */
  readonly number: number;
  readonly hash: string;
}

/** The hash before the first seal. */
export const chainGenesis = "";

/** Returns the hash of all that an entry says, in the order of its fields in the API. */
export function contentHash(entry: AuditEntry, sha256: Sha256): string {
  const { id, at, event, actor, actorKind, subject, ipAddress, right, method, path, requestId } = entry;
  const { resource, resourceId, before, after } = entry;
  const who = [actor, actorKind, subject, ipAddress, right];
  return sha256(
    JSON.stringify([id, at, event, ...who, method, path, requestId, resource, resourceId, before, after]),
  );
}

/** Seals digests. @param last the seal before them */
export function sealed(
  digests: readonly EntryDigest[],
  last: Pick<Seal, "number" | "hash"> | undefined,
  sha256: Sha256,
): Seal[] {
  let { number, hash } = last ?? { number: 0, hash: chainGenesis };
  return digests.map((digest) => {
    number += 1;
    hash = chainedHash(hash, valuesOf({ ...digest, number }), sha256);
    return { ...digest, number, hash };
  });
}

/** Returns true if the seal is the one after another, or the first one. */
export function follows(
  seal: Seal,
  last: Pick<Seal, "number" | "hash"> | undefined,
  sha256: Sha256,
): boolean {
  const link = { values: valuesOf(seal), hash: seal.hash };
  const isNext = seal.number === (last?.number ?? 0) + 1;
  return isNext && brokenLinks(last?.hash ?? chainGenesis, [link], sha256).length === 0;
}

function valuesOf({ number, entryId, content, entryExpiresAt }: Omit<Seal, "hash">): unknown[] {
  return [number, entryId, content, entryExpiresAt];
}
