import { limits } from "../domain/limits.ts";
import type { Page } from "../use-cases/ports/page.ts";
import type { Entity } from "./entity.ts";
import type { IndexName, Table } from "./table.ts";

/** What an index lists, the lowest sort key first. */
export interface Queue<T> {
  readonly entity: Entity<T>;
  readonly index: IndexName;
  readonly pk: string;
  /** Only sort keys below it. */
  readonly before?: string;
}

/** One page of it, behind the sort key of the last one seen; what went meanwhile is left out. */
export async function readEarliestFirst<T>(
  table: Table,
  { entity, ...range }: Queue<T>,
  after: string | null,
): Promise<Page<T>> {
  const { index, pk, before } = range;
  const entries = await table.queryIndex(index, {
    pk,
    ...(before !== undefined && { before }),
    // The bound is inclusive: a space after the last one seen is the first text behind it.
    ...(after !== null && { from: `${after} ` }),
    newestFirst: false,
    limit: limits.pageSize,
  });
  return {
    items: (await table.getAll(entries)).map((item) => entity.parse(item)),
    next: entries.length === limits.pageSize ? (entries.at(-1)?.gsisk ?? null) : null,
  };
}
