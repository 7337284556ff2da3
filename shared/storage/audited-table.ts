/**
 * A table that audits configuration: actor, state before and state after, in the transaction of the change.
 * The API, the UI and the tools all use it.
 */
import { type AuditedChange, type AuditedResource, viewOf } from "../domain/access/audit.ts";
import { type Journal, writeJournaled } from "./access/audit-journal.ts";
import type { Entity } from "./entity.ts";
import type { Item, Put, Removal, Table } from "./table.ts";

/** Audit settings of an entity. */
export interface Audited {
  is(item: Item): boolean;
  /** Returns the resource and its displayable state. */
  describe(item: Item): Pick<AuditedChange, "resource" | "resourceId"> & { readonly view: object };
}

export function audited<T>(
  entity: Entity<T>,
  resource: AuditedResource,
  idOf: (value: T) => string,
  /** Returns the state without secrets and storage-only attributes. */
  shown: (value: T) => object,
): Audited {
  return {
    is: entity.is,
    describe(item) {
      const value = entity.parse(item);
      return { resource, resourceId: idOf(value), view: shown(value) };
    },
  };
}

type Write = Put | Removal;

/**
 * Changes to these entities cost one read, and a transaction instead of a write. Others pass unchanged.
 * `before` is the state directly before the change, which the version condition guarantees for versioned
 * entities.
 */
export function auditedTable(table: Table, kinds: readonly Audited[], journal: Journal): Table {
  const describe = (item: Item | undefined) => item && kinds.find((kind) => kind.is(item))?.describe(item);

  async function changesOf(writes: readonly Write[]): Promise<AuditedChange[]> {
    const changes = new Map<string, AuditedChange>();
    const note = (described: ReturnType<typeof describe>, side: "before" | "after") => {
      if (!described) return;
      const { resource, resourceId, view } = described;
      const name = JSON.stringify([resource, resourceId]);
      const known = changes.get(name) ?? { resource, resourceId, before: null, after: null };
      changes.set(name, { ...known, [side]: viewOf(view) });
    };
    const sides = writes.map(async (write) => {
      const item = "item" in write ? write.item : undefined;
      const after = describe(item);
      // An item that is written but not audited replaces none that is.
      if (item && !after) return {};
      const { pk, sk } = item ?? ("remove" in write ? write.remove : write.item);
      return { before: describe(await table.get({ pk, sk })), after };
    });
    for (const { before, after } of await Promise.all(sides)) {
      note(before, "before");
      note(after, "after");
    }
    return [...changes.values()];
  }

  async function write(writes: readonly Write[], asItIs: () => Promise<void>): Promise<void> {
    const changes = await changesOf(writes);
    if (changes.length === 0) return asItIs();
    await writeJournaled(table, journal, writes, changes);
  }

  return {
    ...table,
    put: (put) => write([put], () => table.put(put)),
    transact: (writes) => write(writes, () => table.transact(writes)),
    remove: (key, condition) =>
      write([{ remove: key, ...(condition && { condition }) }], () => table.remove(key, condition)),
    async putAll(items) {
      if (items.some((item) => describe(item)))
        throw new Error("Configuration must be written one item at a time");
      await table.putAll(items);
    },
  };
}
