/** Stores of the audit log and its chain. */
import type { AccessEvent, AuditEntry, AuditEvent, AuditedResource } from "../../domain/access/audit.ts";
import type { EntryDigest, Seal } from "../../domain/access/audit-chain.ts";
import type { Page, PageRequest } from "./page.ts";

export interface AuditFilter {
  /** Limits the list to a kind of resource, or to one resource. */
  readonly resource?: { readonly kind: AuditedResource; readonly id: string | null } | undefined;
  readonly actor?: string | undefined;
  readonly event?: AuditEvent | undefined;
  readonly ipAddress?: string | undefined;
}

export interface AuditStore {
  list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntry>>;
}

/**
 * Records an event other than a change, at most `limits.accessEventsPerMinute` per actor, or per network of strangers, and
 * kind. Further ones in the minute are left out, so that no one can fill the table. The next entry says how many.
 *
 * @returns false if it was left out
 */
export type RecordAccessEvent = (event: AccessEvent) => Promise<boolean>;

export interface AuditChainStore {
  /** Returns the oldest digests that are not sealed. A read unit if there are none, and one for each 4 KiB. */
  unsealed(limit: number): Promise<readonly EntryDigest[]>;
  last(): Promise<Seal | undefined>;
  /**
   * Appends seals and removes their digests: 4 write units for each, and 2.
   *
   * @throws StaleVersion if another seal was appended, a digest has changed, or an import is running
   */
  append(seals: readonly Seal[]): Promise<void>;
  /** @param after number of a seal; 0 for the first ones @returns the next ones, oldest first */
  seals(after: number, limit: number): Promise<readonly Seal[]>;
  findEntries(ids: readonly string[]): Promise<ReadonlyMap<string, AuditEntry>>;
  /** @param after ID of an entry; null for the first ones @returns the next ones, oldest first */
  entries(after: string | null, limit: number): Promise<readonly AuditEntry[]>;
}
