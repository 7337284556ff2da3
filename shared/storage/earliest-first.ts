import { limits } from "../domain/limits.ts";
import type { Page } from "../use-cases/ports/page.ts";
import type { Entity } from "./entity.ts";
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
