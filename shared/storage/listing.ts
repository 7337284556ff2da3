import { limits } from "../domain/limits.ts";
import type { Page, PageRequest } from "../use-cases/ports/page.ts";
import type { Entity } from "./entity.ts";
import type { IndexName, Item, Table } from "./table.ts";

/** A list, newest first: a partition of the table or an index, and a filter for its items. */
export interface Listing<T> {
  readonly entity: Entity<T>;
  readonly pk: string;
  /** Absent for the table itself. */
  readonly index?: IndexName;
  /** Prefix of the sort keys, if the partition holds several entities. */
  readonly prefix?: string;
  readonly accepts?: (value: T) => boolean;
}

/**
 * Reads one page of a list. If few items match the filter, the page ends early with a cursor, so reads are
 * bounded.
 */
export async function readPage<T>(table: Table, listing: Listing<T>, request: PageRequest): Promise<Page<T>> {
  const accepts = listing.accepts ?? (() => true);
  const items: T[] = [];
  let bytes = 0;
  let after = request.after;
  // One item more than requested shows whether there is a next page.
  let wanted = request.limit + 1;
  for (let seen = 0; seen < limits.candidatesPerPage; ) {
    const candidates = await readCandidates(table, listing, after, wanted);
    for (const { item, sortKey } of candidates) {
      const value = item && listing.entity.parse(item);
      if (value !== undefined && accepts(value)) {
        bytes += Buffer.byteLength(JSON.stringify(item));
        const full = items.length === request.limit || bytes > (request.bytes ?? limits.pageBytes);
        if (full && items.length > 0) return { items, next: after };
        items.push(value);
      }
      after = sortKey;
    }
    if (candidates.length < wanted) return { items, next: null };
    seen += candidates.length;
    // If few items match, more of them per read take fewer requests, above all in a list with shards.
    wanted = Math.min(2 * wanted, limits.candidatesPerPage - seen);
  }
  return { items, next: after };
}

interface Candidate {
  /** Absent if it was deleted between the reads of the index and the table. */
  readonly item: Item | undefined;
  readonly sortKey: string;
}

async function readCandidates<T>(
  table: Table,
  { index, pk, prefix }: Listing<T>,
  after: string | null,
  limit: number,
): Promise<Candidate[]> {
  const before = after ?? (prefix && `${prefix}~`);
  const range = { pk, newestFirst: true, limit, ...(prefix && { from: prefix }), ...(before && { before }) };
  if (!index) return (await table.query(range)).map((item) => ({ item, sortKey: item.sk }));
  const entries = await table.queryIndex(index, range);
  const items = new Map((await table.getAll(entries)).map((item) => [`${item.pk}\n${item.sk}`, item]));
  return entries.map(({ pk, sk, gsisk }) => ({ item: items.get(`${pk}\n${sk}`), sortKey: gsisk }));
}
