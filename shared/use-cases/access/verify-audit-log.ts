import { contentHash, follows, type Seal } from "../../domain/access/audit-chain.ts";
import type { Sha256 } from "../../domain/hash-chain.ts";
import { limits } from "../../domain/limits.ts";
import { hourMs } from "../../domain/time-units.ts";
import type { AuditChainStore } from "../ports/audit.ts";
import type { Clock } from "../ports/system.ts";

interface VerifyDeps {
  readonly auditChain: AuditChainStore;
  readonly sha256: Sha256;
  readonly clock: Clock;
}

/** A seal as the logs name it. */
export type KnownSeal = Pick<Seal, "number" | "hash">;

export interface AuditVerification {
  /** The last seal; null if nothing is sealed. */
  readonly head: KnownSeal | null;
  /** Entries that are as they were recorded, or as they were sealed later. */
  readonly intact: number;
  /** Those of them with content that was replaced after it was recorded. */
  readonly replaced: number;
  /** Entries that expired. */
  readonly expired: number;
  /** Entries that wait for their seal, and those that were recorded while the verification ran. */
  readonly unsealed: number;
  /** Entries of releases without the chain. */
  readonly older: number;
  /** Sentences. Empty if nothing was removed, changed or added. */
  readonly faults: readonly string[];
}

const perPage = 100;
/** Functions of the release before write entries until a deployment is complete. */
const deploymentMs = hourMs;

/**
 * Compares the audit log with its chain. Reads all seals and entries, page by page: 2 read units for each 4 KiB of an entry,
 * because it is read by its seal and by itself, and one for 20 seals.
 *
 * @param known a seal from the logs, which reveals a chain that was rewritten or shortened
 */
export async function verifyAuditLog(deps: VerifyDeps, known?: KnownSeal): Promise<AuditVerification> {
  // Digests before seals, so that an entry that is sealed meanwhile is found in one of them.
  const pending = await readDigests(deps);
  const chain = await verifySeals(deps, known);
  const changed = [...chain.different].filter(([id, content]) => pending.get(id) !== content);
  const log = await verifyEntries(deps, new Set([...chain.sealed, ...pending.keys()]));
  // Entries may have been recorded since.
  const recent = log.uncovered.length > 0 ? await readSince(deps, chain.head) : new Set<string>();
  // A digest may have been sealed since it was read. A replaced entry waits for another seal.
  const waiting = [...pending.keys()].filter((id) => !chain.sealed.has(id) || chain.different.has(id));
  const added = log.uncovered.filter((id) => recent.has(id));
  return {
    head: chain.head ?? null,
    intact: chain.intact,
    replaced: chain.replaced,
    expired: chain.expired,
    unsealed: waiting.length + added.length,
    older: log.older,
    faults: [
      ...chain.faults,
      ...changed.map(([id]) => `Entry ${id} was changed.`),
      ...log.uncovered.filter((id) => !recent.has(id)).map((id) => `Entry ${id} is not in the chain.`),
    ],
  };
}

/** Returns the contents that wait for a seal, by entry. */
async function readDigests({ auditChain }: VerifyDeps): Promise<ReadonlyMap<string, string>> {
  const digests = await auditChain.unsealed(limits.unsealedEntries);
  return new Map(digests.map(({ entryId, content }) => [entryId, content]));
}

/** Returns the IDs of entries that were recorded after a seal. */
async function readSince(deps: VerifyDeps, head: KnownSeal | undefined): Promise<ReadonlySet<string>> {
  const digests = await readDigests(deps);
  const seals = await deps.auditChain.seals(head?.number ?? 0, limits.unsealedEntries);
  return new Set([...digests.keys(), ...seals.map(({ entryId }) => entryId)]);
}

async function verifySeals({ auditChain, sha256, clock }: VerifyDeps, known: KnownSeal | undefined) {
  const sealed = new Set<string>();
  /** Contents of entries that differ from their seals so far. */
  const different = new Map<string, string>();
  const faults: string[] = [];
  const counts = { intact: 0, replaced: 0, expired: 0 };
  let head: Seal | undefined;
  for (let isLast = false; !isLast; ) {
    const seals = await auditChain.seals(head?.number ?? 0, perPage);
    const entries = await auditChain.findEntries(seals.map(({ entryId }) => entryId));
    for (const seal of seals) {
      faults.push(...faultsOfSeal(seal, head, known, sha256));
      const { number, entryId, content, entryExpiresAt } = seal;
      const entry = entries.get(entryId);
      const actual = entry && contentHash(entry, sha256);
      if (actual === content) {
        const wasDifferent = different.delete(entryId);
        if (wasDifferent) counts.replaced += 1;
        // An imported entry may have been sealed twice.
        if (wasDifferent || !sealed.has(entryId)) counts.intact += 1;
      } else if (actual !== undefined) different.set(entryId, actual);
      else if (entryExpiresAt === null || clock() < entryExpiresAt * 1_000)
        faults.push(`Entry ${entryId} of seal ${number} was removed.`);
      else if (!sealed.has(entryId)) counts.expired += 1;
      sealed.add(entryId);
      head = seal;
    }
    isLast = seals.length < perPage;
  }
  if (known && known.number > (head?.number ?? 0))
    faults.push(
      `The chain was shortened: it ends at seal ${head?.number ?? 0}, before seal ${known.number}.`,
    );
  return {
    ...counts,
    sealed,
    different,
    faults,
    head: head && { number: head.number, hash: head.hash },
  };
}

function faultsOfSeal(
  seal: Seal,
  last: Seal | undefined,
  known: KnownSeal | undefined,
  sha256: Sha256,
): string[] {
  const { number, hash } = seal;
  const next = (last?.number ?? 0) + 1;
  const isRewritten = known?.number === number && known.hash !== hash;
  return [
    ...(number > next ? [`Seals ${next} to ${number - 1} were removed.`] : []),
    ...(number === next && !follows(seal, last, sha256) ? [`Seal ${number} was changed.`] : []),
    ...(isRewritten ? [`The chain was rewritten: seal ${number} has another hash.`] : []),
  ];
}

/** Finds entries without a seal. Those of releases without the chain are older than all others. */
async function verifyEntries({ auditChain }: VerifyDeps, covered: ReadonlySet<string>) {
  const uncovered: string[] = [];
  let older = 0;
  let chainedSince: number | undefined;
  let after: string | null = null;
  for (let isLast = false; !isLast; ) {
    const entries = await auditChain.entries(after, perPage);
    for (const { id, at, isChained } of entries) {
      if (isChained) chainedSince ??= at;
      const isOlder = !isChained && (chainedSince === undefined || at < chainedSince + deploymentMs);
      if (isOlder) older += 1;
      else if (!covered.has(id)) uncovered.push(id);
    }
    after = entries.at(-1)?.id ?? after;
    isLast = entries.length < perPage;
  }
  return { uncovered, older };
}
