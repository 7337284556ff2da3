/**
 * In-memory table with DynamoDB's behavior: its limits, its sort order, and expired items that are not
 * deleted yet.
 */
import {
  type Condition,
  ConditionFailed,
  hasExpired,
  type IndexEntry,
  type IndexName,
  type Item,
  indexNames,
  type Key,
  type Put,
  type Range,
  type Table,
} from "../../../shared/storage/table.ts";

/** DynamoDB's error for an invalid request. */
export class ValidationException extends Error {}

export interface MemoryTable extends Table {
  /** Returns all stored items, including expired ones, by key. */
  all(): Item[];
  /** Returns an independent table with the same items, on a clock of its own. */
  copy(nowMs: () => number): MemoryTable;
  /** Returns a text that only tables with the same items share. */
  fingerprint(): string;
}

/** An item and its JSON. Readers get a copy, and parsing JSON is the fastest way. */
interface Stored {
  /** Its own top-level attributes are never changed. */
  readonly item: Item;
  readonly text: string;
}

interface Content {
  readonly partitions: Nested<Stored>;
  readonly indexes: Readonly<Record<IndexName, Nested<IndexEntry>>>;
}

export function memoryTable(nowMs: () => number): MemoryTable {
  return tableOf({ partitions: nested(), indexes: forEachIndex(() => nested()) }, nowMs);
}

/** Attributes that place an item in indexes. */
const indexed = [...indexNames.map((name) => `${name}pk` as const), "gsisk" as const];

function forEachIndex<T>(make: (name: IndexName) => T): Record<IndexName, T> {
  return Object.fromEntries(indexNames.map((name) => [name, make(name)])) as Record<IndexName, T>;
}

function tableOf({ partitions, indexes }: Content, nowMs: () => number): MemoryTable {
  const find = (key: Key): Stored | undefined => {
    checkKey(key);
    return partitions.of(key.pk).get(key.sk);
  };
  const copyIfAlive = (stored: Stored | undefined): Item | undefined =>
    stored === undefined || hasExpired(stored.item, nowMs()) ? undefined : JSON.parse(stored.text);

  const index = ({ item }: Stored, change: "add" | "remove"): void => {
    for (const name of indexNames) {
      const pk = item[`${name}pk`];
      if (typeof pk !== "string" || typeof item.gsisk !== "string") continue;
      if (change === "remove") indexes[name].delete(pk, nameOf(item));
      else indexes[name].set(pk, nameOf(item), { pk: item.pk, sk: item.sk, gsisk: item.gsisk });
    }
  };
  const remove = (key: Key): void => {
    const known = find(key);
    if (!known) return;
    partitions.delete(key.pk, key.sk);
    index(known, "remove");
  };
  const write = (stored: Stored): void => {
    const { pk, sk } = stored.item;
    const known = partitions.of(pk).get(sk);
    partitions.set(pk, sk, stored);
    if (known && indexed.every((name) => known.item[name] === stored.item[name])) return;
    if (known) index(known, "remove");
    index(stored, "add");
  };

  /** @returns the item to store */
  const check = ({ item, condition }: Put): Stored => {
    const stored = storable(item);
    if (!holds(condition, find(item)?.item, nowMs)) throw new ConditionFailed();
    return stored;
  };

  const range = <T extends object>(
    candidates: readonly T[],
    sortKeyOf: (candidate: T) => string,
    { from, before, newestFirst, limit }: Range,
  ): T[] => {
    if (limit < 1) throw new ValidationException("Limit must be at least 1");
    for (const bound of [from, before]) if (bound !== undefined) checkText(bound, 1_024);
    if (from !== undefined && before !== undefined && compare(from, before) > 0) {
      throw new ValidationException("BETWEEN requires an upper bound that is not below the lower");
    }
    return candidates
      .filter((candidate) => from === undefined || compare(sortKeyOf(candidate), from) >= 0)
      .filter((candidate) => before === undefined || compare(sortKeyOf(candidate), before) < 0)
      .toSorted((a, b) => compare(sortKeyOf(a), sortKeyOf(b)) * (newestFirst ? -1 : 1))
      .slice(0, limit);
  };

  return {
    all: () =>
      partitions
        .values()
        .map(({ text }): Item => JSON.parse(text))
        .toSorted((a, b) => compare(nameOf(a), nameOf(b))),
    // Stored items and entries are replaced, never changed.
    copy: (clock) =>
      tableOf(
        { partitions: partitions.copy(), indexes: forEachIndex((name) => indexes[name].copy()) },
        clock,
      ),
    fingerprint: () =>
      partitions
        .values()
        .map(({ text }) => text)
        .toSorted()
        .join("\n"),
    async get(key) {
      return copyIfAlive(find(key));
    },
    async getAll(keys) {
      checkDistinct(keys);
      return keys.flatMap((key) => copyIfAlive(find(key)) ?? []);
    },
    async put(put) {
      write(check(put));
    },
    async putAll(all) {
      checkDistinct(all);
      for (const stored of all.map(storable)) write(stored);
    },
    async transact(writes) {
      checkDistinct(writes.map((each) => ("remove" in each ? each.remove : each.item)));
      if (writes.length > 100) throw new ValidationException("A transaction takes 100 items");
      const changes = writes.map((each) => {
        if ("item" in each) return check(each);
        if (!holds(each.condition, find(each.remove)?.item, nowMs)) throw new ConditionFailed();
        return each;
      });
      for (const change of changes) {
        if ("remove" in change) remove(change.remove);
        else write(change);
      }
    },
    async remove(key, condition) {
      if (!holds(condition, find(key)?.item, nowMs)) throw new ConditionFailed();
      remove(key);
    },
    async increment(key, { by = 1, expiresAt } = {}) {
      const known = find(key)?.item;
      const count = Number(known?.count ?? 0) + by;
      write(
        storable({
          ...known,
          pk: key.pk,
          sk: key.sk,
          count,
          ...(expiresAt !== undefined && { expiresAt }),
        }),
      );
      return count;
    },
    async query(asked) {
      checkText(asked.pk, 2_048);
      const partition = [...partitions.of(asked.pk).values()];
      const alive = partition.filter(({ item }) => !hasExpired(item, nowMs()));
      return range(alive, ({ item }) => item.sk, asked).map(({ text }) => JSON.parse(text));
    },
    async queryIndex(name, asked) {
      checkText(asked.pk, 2_048);
      // Expired items stay in an index until they are deleted.
      return range([...indexes[name].of(asked.pk).values()], ({ gsisk }) => gsisk, asked);
    },
  };
}

/** Values by partition and by name. */
interface Nested<T> {
  of(partition: string): ReadonlyMap<string, T>;
  set(partition: string, name: string, value: T): void;
  delete(partition: string, name: string): void;
  values(): T[];
  copy(): Nested<T>;
}

/** @param partitions whose values copies share until one of them changes */
function nested<T>(partitions = new Map<string, Map<string, T>>()): Nested<T> {
  const none = new Map<string, T>();
  let own = new Set<string>();
  /** Returns the values of a partition, for changes. */
  const ownValues = (partition: string): Map<string, T> => {
    const values = partitions.get(partition) ?? none;
    if (own.has(partition)) return values;
    const copied = new Map(values);
    partitions.set(partition, copied);
    own.add(partition);
    return copied;
  };
  return {
    of: (partition) => partitions.get(partition) ?? none,
    set: (partition, name, value) => void ownValues(partition).set(name, value),
    delete: (partition, name) => void ownValues(partition).delete(name),
    values: () => [...partitions.values()].flatMap((values) => [...values.values()]),
    copy() {
      own = new Set();
      return nested(new Map(partitions));
    },
  };
}

function holds(condition: Condition | undefined, stored: Item | undefined, nowMs: () => number): boolean {
  if (!condition) return true;
  if ("absent" in condition) return stored === undefined || hasExpired(stored, nowMs());
  return Object.entries(condition.equals).every(([name, value]) => stored?.[name] === value);
}

/** Returns a copy as stored by DynamoDB: without undefined values, within its limits. */
function storable(item: Item): Stored {
  checkKey(item);
  const text = JSON.stringify(item);
  const stored = { ...item };
  for (const name of indexNames) {
    const pk = stored[`${name}pk`];
    if (pk !== undefined) checkText(pk, 2_048);
  }
  if (stored.gsisk !== undefined) checkText(stored.gsisk, 1_024);
  if (Buffer.byteLength(text) > 400 * 1_024) {
    throw new ValidationException("Item size has exceeded the maximum allowed size");
  }
  return { item: stored, text };
}

function checkKey(key: Key): void {
  checkText(key.pk, 2_048);
  checkText(key.sk, 1_024);
}

function checkText(value: unknown, maximumBytes: number): void {
  const bytes = typeof value === "string" ? Buffer.byteLength(value) : 0;
  if (bytes < 1 || bytes > maximumBytes) {
    throw new ValidationException(`A key takes 1 to ${maximumBytes} bytes of text, not ${bytes}`);
  }
}

function checkDistinct(keys: readonly Key[]): void {
  if (new Set(keys.map(nameOf)).size < keys.length) throw new ValidationException("Keys repeat");
}

/** DynamoDB sorts texts by bytes, not by UTF-16 units. The orders differ for surrogates. */
function compare(a: string, b: string): number {
  if (a === b) return 0;
  if (surrogate.test(a) || surrogate.test(b)) return Buffer.compare(Buffer.from(a), Buffer.from(b));
  return a < b ? -1 : 1;
}

const surrogate = /[\uD800-\uDFFF]/;

function nameOf({ pk, sk }: Key): string {
  return `${pk}\n${sk}`;
}
