/** The table in memory, with DynamoDB's manners: its limits, its order, and expired items that stay in the way. */
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
} from "../../shared/storage/table.ts";

/** What DynamoDB says of a request that can never be right. */
export class ValidationException extends Error {}

export interface MemoryTable extends Table {
  /** Everything that is stored, expired or not, in the order of the keys. */
  all(): Item[];
}

export function memoryTable(nowMs: () => number): MemoryTable {
  const items = new Map<string, Item>();

  const find = (key: Key): Item | undefined => items.get(nameOf(checked(key)));
  const alive = (item: Item | undefined): Item | undefined =>
    item === undefined || hasExpired(item, nowMs()) ? undefined : structuredClone(item);

  const write = (item: Item): void => {
    items.set(nameOf(item), storable(item));
  };

  const check = ({ item, condition }: Put): void => {
    storable(item);
    if (!holds(condition, find(item))) throw new ConditionFailed();
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
    all: () => [...items.values()].toSorted((a, b) => compare(nameOf(a), nameOf(b))),
    async get(key) {
      return alive(find(key));
    },
    async getAll(keys) {
      checkDistinct(keys);
      return keys.flatMap((key) => alive(find(key)) ?? []);
    },
    async put(put) {
      check(put);
      write(put.item);
    },
    async putAll(all) {
      checkDistinct(all);
      for (const item of all) storable(item);
      for (const item of all) write(item);
    },
    async transact(writes) {
      checkDistinct(writes.map((each) => ("remove" in each ? each.remove : each.item)));
      if (writes.length > 100) throw new ValidationException("A transaction takes 100 items");
      for (const each of writes) {
        if ("item" in each) check(each);
        else if (!holds(each.condition, find(each.remove))) throw new ConditionFailed();
      }
      for (const each of writes) {
        if ("remove" in each) items.delete(nameOf(checked(each.remove)));
        else write(each.item);
      }
    },
    async remove(key, condition) {
      if (!holds(condition, find(key))) throw new ConditionFailed();
      items.delete(nameOf(checked(key)));
    },
    async increment(key, expiresAt) {
      const count = Number(find(key)?.count ?? 0) + 1;
      write({ ...find(key), pk: key.pk, sk: key.sk, count, ...(expiresAt !== undefined && { expiresAt }) });
      return count;
    },
    async query(asked) {
      checkText(asked.pk, 2_048);
      const partition = [...items.values()].filter((item) => item.pk === asked.pk && alive(item));
      return range(partition, ({ sk }) => sk, asked).map((item) => structuredClone(item));
    },
    async queryIndex(index, asked) {
      checkText(asked.pk, 2_048);
      const entries = [...items.values()].flatMap((item) => entryOf(item, index, asked.pk) ?? []);
      return range(entries, ({ gsisk }) => gsisk, asked);
    },
  };
}

/** What a KEYS_ONLY index holds of an item; expired ones are in it until they are swept. */
function entryOf(item: Item, index: IndexName, pk: string): IndexEntry | undefined {
  return item[`${index}pk`] === pk && typeof item.gsisk === "string"
    ? { pk: item.pk, sk: item.sk, gsisk: item.gsisk }
    : undefined;
}

function holds(condition: Condition | undefined, stored: Item | undefined): boolean {
  if (!condition) return true;
  if ("absent" in condition) return stored === undefined;
  return Object.entries(condition.equals).every(([name, value]) => stored?.[name] === value);
}

/** A copy as DynamoDB would keep it: without undefined values, within its limits. */
function storable(item: Item): Item {
  checked(item);
  const stored = structuredClone(JSON.parse(JSON.stringify(item))) as Item;
  for (const name of indexNames) {
    const pk = stored[`${name}pk`];
    if (pk !== undefined) checkText(pk, 2_048);
  }
  if (stored.gsisk !== undefined) checkText(stored.gsisk, 1_024);
  if (Buffer.byteLength(JSON.stringify(stored)) > 400 * 1_024) {
    throw new ValidationException("Item size has exceeded the maximum allowed size");
  }
  return stored;
}

function checked<K extends Key>(key: K): K {
  checkText(key.pk, 2_048);
  checkText(key.sk, 1_024);
  return key;
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

/** DynamoDB orders texts by their bytes, not by UTF-16 units. */
function compare(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}

function nameOf({ pk, sk }: Key): string {
  return `${pk}\n${sk}`;
}
