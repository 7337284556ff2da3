import { sealed } from "../../domain/access/audit-chain.ts";
import { StaleVersion } from "../../domain/errors.ts";
import type { Sha256 } from "../../domain/hash-chain.ts";
import { limits } from "../../domain/limits.ts";
import type { AuditChainStore } from "../ports/audit.ts";
import type { Log } from "../ports/system.ts";

interface SealDeps {
  readonly auditChain: AuditChainStore;
  readonly sha256: Sha256;
  readonly log: Log;
}

/** Transactions of one run. Further digests wait for the next one, a minute later. */
const rounds = 25;

/**
 * Appends recorded entries to the audit log's chain. A digest is removed in the transaction that seals it, so a crash
 * leaves it to the next run. A run without digests takes one read unit.
 */
export async function sealAuditLog({ auditChain, sha256, log }: SealDeps): Promise<void> {
  for (let round = 0; round < rounds; round += 1) {
    const digests = await auditChain.unsealed(limits.sealedAtOnce);
    if (digests.length === 0) return;
    const seals = sealed(digests, await auditChain.last(), sha256);
    try {
      await auditChain.append(seals);
    } catch (error) {
      // Another run seals them, or an import is writing the chain.
      if (error instanceof StaleVersion) return;
      throw error;
    }
    const { number, hash } = seals.at(-1) ?? {};
    log.info("audit log sealed", { number, hash });
  }
}
