/** A table with shards behind the operations of one without, so that stores and their cursors don't know of them. */
import { type Item, indexNames, type Key, type Put, type Range, type Table } from "../table.ts";
import { readList } from "./list-range.ts";
import { loadMeter } from "./load-meter.ts";
import { readMerged } from "./merged-range.ts";
import {
  isSharded,
  noHours,
  type ShardedHours,
  type ShardedHoursStore,
  shardedHoursStore,
} from "./sharded-hours.ts";
import { type List, type Load, listOf, shardOf, shardsOf, shardsOfSweep } from "./shards.ts";

interface Options {
  /**
   * True if items are written to shards, and lists are read from them. Sweeps read them in any case, so that they find
   * timers and pending events whichever release or setting wrote them.
   */
  readonly sharding: boolean;
  readonly nowMs: () => number;
}

/** Time until a function knows that an hour became sharded. Until then it writes where everyone reads. */
const hoursKnownForMs = 10_000;

export function shardedTable(table: Table, { sharding, nowMs }: Options): Table {
  const readSweep: Table["queryIndex"] = (index, range) => {
    const read = (part: Range) => table.queryIndex(index, part);
    const count = shardsOfSweep(range.pk);
    if (count === undefined) return read(range);
    const partitions = [range.pk, ...shardsOf(range.pk, count)];
    return readMerged(
      { partitions, pageSizeOf: () => range.limit, sortKeyOf: ({ gsisk }) => gsisk, unique: false, read },
      range,
    );
  };
  if (!sharding) return { ...table, queryIndex: readSweep };

  const hours = shardedHoursStore(table);
  const meter = loadMeter(table, hours, nowMs);
  const latest = () => hours.find(nowMs());
  const writtenBy = knownHours(hours, nowMs);

  const toShards = async (puts: readonly Put[]): Promise<Put[]> => {
    const positions = puts.map(({ item }) => positionInList(item));
    const known = await writtenBy(positions.flatMap((position) => position?.list.load ?? []));
    for (const [index, position] of positions.entries()) {
      const condition = puts[index]?.condition;
      const isNew = condition === undefined || "absent" in condition;
      if (position && isNew)
        await meter.count(position.list.load, position.list.timeOf(position.sortKey), known);
    }
    return puts.map((put) => ({ ...put, item: inShards(put.item, known) }));
  };

  return {
    ...table,
    async get(key, options) {
      if (!listOf(key.pk)) return table.get(key, options);
      const found = await Promise.all(
        shardKeysOf(key, await latest()).map((shardKey) => table.get(shardKey, options)),
      );
      return found.find((item) => item !== undefined);
    },
    async getAll(keys, options) {
      if (!keys.some(({ pk }) => listOf(pk))) return table.getAll(keys, options);
      const sharded = await latest();
      return table.getAll(
        keys.flatMap((key) => shardKeysOf(key, sharded)),
        options,
      );
    },
    async put(put) {
      for (const sharded of await toShards([put])) await table.put(sharded);
    },
    putAll: async (items) =>
      table.putAll((await toShards(items.map((item) => ({ item })))).map(({ item }) => item)),
    async transact(writes) {
      const sharded = await toShards(writes.filter((write) => "item" in write));
      await table.transact(writes.map((write) => ("item" in write ? (sharded.shift() ?? write) : write)));
    },
    async query(range, options) {
      const list = listOf(range.pk);
      const read = (part: Range) => table.query(part, options);
      return list ? readList(list, await latest(), range, { sortKeyOf: ({ sk }) => sk, read }) : read(range);
    },
    async queryIndex(index, range) {
      const list = listOf(range.pk);
      const read = (part: Range) => table.queryIndex(index, part);
      return list
        ? readList(list, await latest(), range, { sortKeyOf: ({ gsisk }) => gsisk, read })
        : readSweep(index, range);
    },
  };
}

/** Returns a reader of the sharded hours for writes of some loads. It reads them again only after a while. */
function knownHours(hours: ShardedHoursStore, nowMs: () => number) {
  let known: { readonly value: ShardedHours; readonly at: number } | undefined;
  return async (loads: readonly Load[]): Promise<ShardedHours> => {
    if (loads.length === 0) return noHours;
    const now = nowMs();
    // Only what is stored may be acted on: others read the shards of these hours.
    const begins = loads.includes("alerts") && known?.value.version === 0;
    if (!known || begins || now < known.at || now - known.at >= hoursKnownForMs) {
      const value = loads.includes("alerts") ? await hours.begin(now) : await hours.find(now);
      known = { value, at: now };
    }
    return known.value;
  };
}

/** Returns the list with shards that an item is in, and its sort key there. */
function positionInList({ pk, sk, gsi1pk, gsisk }: Item): { list: List; sortKey: string } | undefined {
  const own = listOf(pk);
  if (own) return { list: own, sortKey: sk };
  const list = typeof gsi1pk === "string" ? listOf(gsi1pk) : undefined;
  return list && { list, sortKey: String(gsisk) };
}

/** Returns the item with its partitions replaced by their shards. */
function inShards(item: Item, hours: ShardedHours): Item {
  const sharded = (pk: string, sortKey: unknown) => {
    const list = listOf(pk);
    if (list) return isSharded(list, hours, String(sortKey)) ? shardOf(pk, item, list.shards) : pk;
    const count = shardsOfSweep(pk);
    return count === undefined ? pk : shardOf(pk, item, count);
  };
  const entries = indexNames.flatMap((index) => {
    const pk = item[`${index}pk`];
    return typeof pk === "string" ? [[`${index}pk`, sharded(pk, item.gsisk)]] : [];
  });
  return { ...item, ...Object.fromEntries(entries), pk: sharded(item.pk, item.sk) };
}

/** Returns the keys at which an item may be. */
function shardKeysOf(key: Key, hours: ShardedHours): Key[] {
  const list = listOf(key.pk);
  const isSplit = list && isSharded(list, hours, key.sk);
  return isSplit ? [{ pk: shardOf(key.pk, key, list.shards), sk: key.sk }, key] : [key];
}
