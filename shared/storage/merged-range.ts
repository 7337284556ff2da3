import type { Range } from "./table.ts";

interface Merge<T> {
  readonly partitions: readonly string[];
  /** Items read from a partition at a time. Sort keys must be unique, unless it is the limit of the range. */
  readonly pageSize: number;
  readonly sortKeyOf: (item: T) => string;
  readonly read: (range: Range) => Promise<T[]>;
}

/**
 * Reads a range of several partitions in the order of their sort keys, as if they were one. A sort key is a position
 * in all of them, so it serves as a cursor. A partition is read on only when all of its page is used.
 */
export async function readMerged<T>(
  { partitions, pageSize, sortKeyOf, read }: Merge<T>,
  range: Range,
): Promise<T[]> {
  const sources = partitions.map((pk) => ({
    /** Read next; undefined at the end. */
    rest: { ...range, pk, limit: pageSize } as Range | undefined,
    page: [] as T[],
  }));
  const fill = async (source: (typeof sources)[number]) => {
    const { rest } = source;
    if (!rest || source.page.length > 0) return;
    source.page = await read(rest);
    const last = source.page.at(-1);
    source.rest = last && source.page.length === pageSize ? after(rest, sortKeyOf(last)) : undefined;
  };
  const merged: T[] = [];
  while (merged.length < range.limit) {
    await Promise.all(sources.map(fill));
    const first = sources.reduce<{ page: T[]; key: string } | undefined>((best, { page }) => {
      const [item] = page;
      if (item === undefined) return best;
      const key = sortKeyOf(item);
      return best && !comesBefore(range, key, best.key) ? best : { page, key };
    }, undefined);
    if (!first) break;
    merged.push(first.page.shift() as T);
  }
  return merged;
}

/** Returns the rest of a range after a sort key. */
function after(range: Range, last: string): Range {
  // The lower bound is inclusive: a trailing space gives the first text after the last key.
  return range.newestFirst ? { ...range, before: last } : { ...range, from: `${last} ` };
}

/** Compares bytes, as DynamoDB does. */
function comesBefore({ newestFirst }: Range, a: string, b: string): boolean {
  const order = Buffer.compare(Buffer.from(a), Buffer.from(b));
  return newestFirst ? order > 0 : order < 0;
}
