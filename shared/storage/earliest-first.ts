import { limits } from "../domain/limits.ts";
import type { Page } from "../use-cases/ports/page.ts";
import type { Entity } from "./entity.ts";
import { timeKey } from "./keys.ts";
import type { IndexName, Table } from "./table.ts";

/** Items of an index, lowest sort key first. */
interface Queue<T> {
  readonly entity: Entity<T>;
  readonly index: IndexName;
  readonly pk: string;
  /** Exclusive upper bound of the sort keys. */
  readonly before?: string;
}

/** Reads one page after the last sort key of the previous page. Items deleted in the meantime are skipped. */
export async function readEarliestFirst<T>(
  table: Table,
  { entity, ...range }: Queue<T>,
  after: string | null,
): Promise<Page<T>> {
  const { index, pk, before } = range;
  const entries = await table.queryIndex(index, {
    pk,
    ...(before !== undefined && { before }),
    // The bound is inclusive: a trailing space gives the first text after the last key.
    ...(after !== null && { from: `${after} ` }),
    newestFirst: false,
    limit: limits.pageSize,
  });
  return {
    items: (await table.getAll(entries)).map((item) => entity.parse(item)),
    next: entries.length === limits.pageSize ? (entries.at(-1)?.gsisk ?? null) : null,
  };
}

/** Items that are due at a time. They are in `gsi6`, sorted by their due time. */
interface DueQueue<T> {
  readonly entity: Entity<T>;
  readonly pk: string;
  /** Epoch milliseconds. */
  readonly at: number;
  /** Epoch milliseconds; null if the item no longer waits. */
  readonly dueAt: (item: T) => number | null;
}

/** Reads one page of the items that are due, earliest first. */
export async function readDue<T>(
  table: Table,
  { entity, pk, at, dueAt }: DueQueue<T>,
  after: string | null,
): Promise<Page<T>> {
  const waiting = { entity, index: "gsi6", pk, before: timeKey(at + 1, "") } as const;
  const { items, next } = await readEarliestFirst(table, waiting, after);
  // The index is eventually consistent, so the items are checked again.
  return { items: items.filter((item) => (dueAt(item) ?? Number.POSITIVE_INFINITY) <= at), next };
}
