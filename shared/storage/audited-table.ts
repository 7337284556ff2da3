/**
 * A table that writes down what becomes of configuration: who changed what, before and after, in the transaction of
 * the change itself. Every way to a change leads through it, the API, the UI and the tools alike.
 */
import {
  type Acting,
  type AuditEntry,
  type AuditedChange,
  type AuditedResource,
  viewOf,
} from "../domain/access/audit.ts";
import { idPrefixes } from "../domain/ids.ts";
import { limits } from "../domain/limits.ts";
import type { Clock, Ulid } from "../use-cases/ports/system.ts";
import type { Entity } from "./entity.ts";
import type { Item, Put, Removal, Table } from "./table.ts";

/** How a kind of item shows in the log. */
export interface Audited {
  is(item: Item): boolean;
  /** What it is, as far as it may be shown. */
  describe(item: Item): Pick<AuditedChange, "resource" | "resourceId"> & { readonly view: object };
}

export function audited<T>(
  entity: Entity<T>,
  resource: AuditedResource,
  idOf: (value: T) => string,
  /** Without secrets, and without what only storage has a use for. */
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

export interface Journal {
  readonly entity: Pick<Entity<AuditEntry>, "toItem">;
  readonly clock: Clock;
  readonly ulid: Ulid;
  /** Who is at work. */
  readonly acting: () => Acting;
}

type Write = Put | Removal;

/**
 * Changes of these kinds cost a read, and a transaction in place of a write; everything else passes as it is.
 * `before` is what was there right before: the condition of a versioned kind makes sure of it.
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
      // What is put and is no configuration takes the place of none.
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
    await table.transact([...writes, ...changes.map((change) => ({ item: entryOf(change) }))]);
  }

  function entryOf(change: AuditedChange): Item {
    const { path, ...acting } = journal.acting();
    const at = journal.clock();
    return journal.entity.toItem({
      ...change,
      ...acting,
      path: path?.slice(0, limits.auditedPathLength) ?? null,
      id: idPrefixes.audit + journal.ulid(at),
      at,
    });
  }

  return {
    ...table,
    put: (put) => write([put], () => table.put(put)),
    transact: (writes) => write(writes, () => table.transact(writes)),
    remove: (key, condition) =>
      write([{ remove: key, ...(condition && { condition }) }], () => table.remove(key, condition)),
    async putAll(items) {
      if (items.some((item) => describe(item))) throw new Error("Configuration is written one by one");
      await table.putAll(items);
    },
  };
}
