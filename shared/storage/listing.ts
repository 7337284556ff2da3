import { limits } from "../domain/limits.ts";
import type { Page, PageRequest } from "../use-cases/ports/page.ts";
import type { Entity } from "./entity.ts";
import type { IndexName, Item, Table } from "./table.ts";

/** A list, newest first: a partition of the table or of an index, and what else its items must meet. */
export interface Listing<T> {
  readonly entity: Entity<T>;
  readonly pk: string;
  /** Absent: the table itself. */
  readonly index?: IndexName;
  /** Of the sort keys in the table, where a partition holds items of several kinds. */
  readonly prefix?: string;
  readonly accepts?: (value: T) => boolean;
}

/**
 * One page of a list. A filter that few items meet ends the page early, with where to go on, rather than
 * reading on without bound.
 */
export async function readPage<T>(table: Table, listing: Listing<T>, request: PageRequest): Promise<Page<T>> {
  const accepts = listing.accepts ?? (() => true);
  const items: T[] = [];
  let bytes = 0;
  let after = request.after;
  for (let seen = 0; seen < limits.candidatesPerPage; ) {
    // One more than asked for tells whether there is a next page.
    const wanted = request.limit + 1;
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
  }
  return { items, next: after };
}

interface Candidate {
  /** Absent when it went between the index and the table. */
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
