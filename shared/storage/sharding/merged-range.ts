import type { Range } from "../table.ts";

interface Merge<T> {
  readonly partitions: readonly string[];
  /** Returns the number of items to read from a partition at a time. */
  readonly pageSizeOf: (partition: string) => number;
  /** Unique in a partition, unless a page has the limit of the range. */
  readonly sortKeyOf: (item: T) => string;
  /** True if items with one sort key are copies of one item. */
  readonly unique: boolean;
  readonly read: (range: Range) => Promise<T[]>;
}

/**
 * Reads a range of several partitions in the order of their sort keys, as if they were one. A sort key is a position
 * in all of them, so it serves as a cursor. A partition is read on only when all of its page is used.
 */
export async function readMerged<T>(
  { partitions, pageSizeOf, sortKeyOf, unique, read }: Merge<T>,
  range: Range,
): Promise<T[]> {
  const sources = partitions.map(
    (pk) => new Source({ ...range, pk, limit: pageSizeOf(pk) }, sortKeyOf, read),
  );
  const comesBefore = (a: Buffer, b: Buffer) =>
    range.newestFirst ? Buffer.compare(a, b) > 0 : Buffer.compare(a, b) < 0;
  const merged: T[] = [];
  let last: Buffer | undefined;
  while (merged.length < range.limit) {
    await Promise.all(sources.filter((source) => source.needsMore).map((source) => source.fill()));
    let next: Source<T> | undefined;
    for (const source of sources) {
      if (source.key && (!next?.key || comesBefore(source.key, next.key))) next = source;
    }
    if (!next?.key) break;
    const key = next.key;
    const item = next.take();
    if (!(unique && last?.equals(key))) merged.push(item);
    last = key;
  }
  return merged;
}

/** A partition of which one page is read at a time. */
class Source<T> {
  /** Sort key of the next item, in the order of DynamoDB; undefined at the end of the page. */
  key: Buffer | undefined;
  #page: T[] = [];
  #next = 0;
  #rest: Range | undefined;
  readonly #sortKeyOf: (item: T) => string;
  readonly #read: (range: Range) => Promise<T[]>;

  constructor(range: Range, sortKeyOf: (item: T) => string, read: (range: Range) => Promise<T[]>) {
    this.#rest = range;
    this.#sortKeyOf = sortKeyOf;
    this.#read = read;
  }

  get needsMore(): boolean {
    return this.key === undefined && this.#rest !== undefined;
  }

  async fill(): Promise<void> {
    const range = this.#rest;
    if (!range) return;
    this.#page = await this.#read(range);
    this.#next = 0;
    const last = this.#page.at(-1);
    this.#rest = last && this.#page.length === range.limit ? after(range, this.#sortKeyOf(last)) : undefined;
    this.#advance();
  }

  take(): T {
    const item = this.#page[this.#next] as T;
    this.#next += 1;
    this.#advance();
    return item;
  }

  #advance(): void {
    const item = this.#page[this.#next];
    this.key = item === undefined ? undefined : Buffer.from(this.#sortKeyOf(item));
  }
}

/** Returns the rest of a range after a sort key. */
function after(range: Range, last: string): Range {
  // The lower bound is inclusive: a trailing space gives the first text after the last key.
  return range.newestFirst ? { ...range, before: last } : { ...range, from: `${last} ` };
}
