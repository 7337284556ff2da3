import type { ActorContext, AuditEntry, AuditedChange } from "../../domain/access/audit.ts";
import { idPrefixes } from "../../domain/ids.ts";
import { limits } from "../../domain/limits.ts";
import type { Clock, Ulid } from "../../use-cases/ports/system.ts";
import type { Entity } from "../entity.ts";
import type { Item } from "../table.ts";

export interface Journal {
  readonly entity: Pick<Entity<AuditEntry>, "toItem">;
  readonly clock: Clock;
  readonly ulid: Ulid;
  /** Returns the current actor. */
  readonly currentActor: () => ActorContext;
}

/** Returns the item of an entry for a change by the current actor. */
export function journalItem({ entity, clock, ulid, currentActor }: Journal, change: AuditedChange): Item {
  const { path, ...actor } = currentActor();
  const at = clock();
  return entity.toItem({
    ...change,
    ...actor,
    path: path?.slice(0, limits.auditedPathLength) ?? null,
    id: idPrefixes.audit + ulid(at),
    at,
  });
}
