import { sha256 } from "../../crypto/sha256.ts";
import type { ActorContext, AuditEntry, AuditEvent, AuditedChange } from "../../domain/access/audit.ts";
import { contentHash } from "../../domain/access/audit-chain.ts";
import { idPrefixes } from "../../domain/ids.ts";
import { limits } from "../../domain/limits.ts";
import type { Clock, Ulid } from "../../use-cases/ports/system.ts";
import type { Entity } from "../entity.ts";
import type { Put, Removal, Table } from "../table.ts";
import { digestItem } from "./audit-seals.ts";

export interface Journal {
  readonly entity: Pick<Entity<AuditEntry>, "toItem">;
  readonly clock: Clock;
  readonly ulid: Ulid;
  /** Returns the current actor. */
  readonly currentActor: () => ActorContext;
  /** Logs a recorded entry, so that its removal is visible before it is sealed too. */
  readonly recorded?: (entry: { readonly id: string; readonly content: string }) => void;
}

/** A change of configuration, or another event with its own actor. */
export interface Recordable extends AuditedChange {
  readonly event?: AuditEvent;
  readonly by?: Pick<ActorContext, "actor" | "actorKind" | "subject">;
}

/**
 * Writes changes together with their entries, in one transaction. Each entry takes two items: itself, and its digest to
 * seal. An entry below 1 KiB takes 2 write units and 3 in its indexes, and the digest 2. Sealing takes 6.
 */
export async function writeJournaled(
  table: Pick<Table, "transact">,
  journal: Journal,
  writes: readonly (Put | Removal)[],
  changes: readonly Recordable[],
): Promise<void> {
  const entries = changes.map((change) => entryOf(journal, change));
  const items = entries.flatMap((entry) => {
    const item = journal.entity.toItem(entry);
    return [{ item }, { item: digestItem(item, entry) }];
  });
  await table.transact([...writes, ...items]);
  for (const entry of entries) journal.recorded?.({ id: entry.id, content: contentHash(entry, sha256) });
}

function entryOf(
  { clock, ulid, currentActor }: Journal,
  { event = "change", by, resource, resourceId, before, after }: Recordable,
): AuditEntry {
  const { path, ...context } = currentActor();
  const at = clock();
  return {
    id: idPrefixes.audit + ulid(at),
    at,
    event,
    ...context,
    ...by,
    path: path?.slice(0, limits.auditedPathLength) ?? null,
    resource,
    resourceId,
    before,
    after,
    isChained: true,
  };
}
