import type { Page } from "../use-cases/ports/page.ts";
import { readEarliestFirst } from "./earliest-first.ts";
import type { Entity } from "./entity.ts";
import { timeKey } from "./keys.ts";
import type { Table } from "./table.ts";

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
