/** Counts the units of a table by partition, as DynamoDB bills them and limits partitions by them. */
import {
  type IndexName,
  type Item,
  indexNames,
  type Key,
  type Put,
  type Removal,
  type Table,
} from "../../shared/storage/table.ts";

/** Write units by partition, of the table and of each index. */
export type Written = Readonly<Record<"table" | IndexName, Map<string, number>>>;

export interface Ledger {
  readonly written: Written;
  readUnits: number;
}

export function emptyLedger(): Ledger {
  const places = ["table", ...indexNames] as const;
  return { written: Object.fromEntries(places.map((place) => [place, new Map()])) as Written, readUnits: 0 };
}

/** Adds a ledger to another a number of times. */
export function addTimes(total: Ledger, { written, readUnits }: Ledger, times: number): void {
  for (const [place, units] of Object.entries(written) as [keyof Written, Map<string, number>][]) {
    for (const [pk, count] of units) add(total.written[place], pk, count * times);
  }
  total.readUnits += readUnits * times;
}

/** @param ledger returns the ledger that counts now */
export function partitionMeter(table: Table, ledger: () => Ledger): Table {
  const read = (items: readonly object[], bytesPerUnit: number) => {
    const bytes = items.reduce((sum, item) => sum + bytesOf(item), 0);
    ledger().readUnits += Math.max(1, Math.ceil(bytes / 4_096)) * (4_096 / bytesPerUnit);
  };
  /** @param price units per KiB: a transaction costs twice as much, but not in indexes */
  const write = (key: Key, before: Item | undefined, after: Item | undefined, price = 1) => {
    const { written } = ledger();
    const size = Math.max(bytesOf(before), bytesOf(after), 1);
    add(written.table, key.pk, Math.ceil(size / 1_024) * price);
    for (const index of indexNames) {
      const [old, next] = [entryOf(before, index), entryOf(after, index)];
      if (old?.pk === next?.pk && old?.sk === next?.sk) continue;
      // A moved entry is a removal and an insertion.
      for (const entry of [old, next]) if (entry) add(written[index], entry.pk, 1);
    }
  };
  const changeOf = (each: Put | Removal) =>
    "item" in each ? { key: each.item, after: each.item } : { key: each.remove, after: undefined };

  return {
    async get(key) {
      const item = await table.get(key);
      read(item ? [item] : [], consistent);
      return item;
    },
    async getAll(keys, options) {
      const items = await table.getAll(keys, options);
      for (const item of items) read([item], options?.stale ? eventual : consistent);
      for (let missing = items.length; missing < keys.length; missing += 1) read([], consistent);
      return items;
    },
    async put(put) {
      const before = await table.get(put.item);
      await table.put(put);
      write(put.item, before, put.item);
    },
    async putAll(items) {
      for (const item of items) write(item, await table.get(item), item);
      await table.putAll(items);
    },
    async transact(writes) {
      const changes = writes.map(changeOf);
      const before = await Promise.all(changes.map(({ key }) => table.get(key)));
      await table.transact(writes);
      for (const [index, { key, after }] of changes.entries()) write(key, before[index], after, 2);
    },
    async remove(key, condition) {
      const before = await table.get(key);
      await table.remove(key, condition);
      write(key, before, undefined);
    },
    async increment(key, options) {
      add(ledger().written.table, key.pk, 1);
      return table.increment(key, options);
    },
    async query(range) {
      const items = await table.query(range);
      read(items, consistent);
      return items;
    },
    async queryIndex(index, range) {
      const entries = await table.queryIndex(index, range);
      read(entries, eventual);
      return entries;
    },
  };
}

/** Bytes for one read unit. */
const consistent = 4_096;
const eventual = 8_192;

function add(units: Map<string, number>, pk: string, count: number): void {
  units.set(pk, (units.get(pk) ?? 0) + count);
}

function entryOf(item: Item | undefined, index: IndexName): { pk: string; sk: string } | undefined {
  const pk = item?.[`${index}pk`];
  return typeof pk === "string" ? { pk, sk: String(item?.gsisk) } : undefined;
}

/** Approximates the billed size by the JSON. */
function bytesOf(item: object | undefined): number {
  return item === undefined ? 0 : Buffer.byteLength(JSON.stringify(item));
}
