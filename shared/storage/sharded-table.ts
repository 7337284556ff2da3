/** A table with shards behind the operations of one without, so that stores and their cursors don't know of them. */
import { readMerged } from "./merged-range.ts";
import { hasShards, shardOf, withShards } from "./shards.ts";
import type { Item, Key, Put, Removal, Table } from "./table.ts";

interface Options {
  /**
   * True if items are written to shards. Indexes are read with shards in any case, so that sweeps find timers and
   * pending events whichever release or setting wrote them.
   */
  readonly sharding: boolean;
}

export function shardedTable(table: Table, { sharding }: Options): Table {
  const readIndexes = { ...table, queryIndex: indexReader(table) };
  if (!sharding) return readIndexes;

  const written = (write: Put | Removal) =>
    "item" in write ? { ...write, item: placed(write.item) } : write;
  return {
    ...readIndexes,
    async get(key) {
      const found = await Promise.all(placesOf(key).map((place) => table.get(place)));
      return found.find((item) => item !== undefined);
    },
    getAll: (keys, options) => table.getAll(keys.flatMap(placesOf), options),
    put: (put) => table.put({ ...put, item: placed(put.item) }),
    putAll: (items) => table.putAll(items.map(placed)),
    transact: (writes) => table.transact(writes.map(written)),
    query(range) {
      if (!hasShards(range.pk)) return table.query(range);
      const partitions = withShards(range.pk);
      // Items of a list are spread evenly.
      const pageSize = Math.ceil(range.limit / partitions.length) + 1;
      return readMerged({ partitions, pageSize, sortKeyOf: ({ sk }) => sk, read: table.query }, range);
    },
  };
}

function indexReader(table: Table): Table["queryIndex"] {
  return (index, range) => {
    const read = (part: typeof range) => table.queryIndex(index, part);
    if (!hasShards(range.pk)) return read(range);
    const partitions = withShards(range.pk);
    return readMerged({ partitions, pageSize: range.limit, sortKeyOf: ({ gsisk }) => gsisk, read }, range);
  };
}

/** Returns the item with its partitions replaced by their shards. */
function placed(item: Item): Item {
  const { gsi6pk } = item;
  return {
    ...item,
    pk: shardOf(item.pk, item),
    ...(typeof gsi6pk === "string" && { gsi6pk: shardOf(gsi6pk, item) }),
  };
}

/** Returns the keys of the shard and of the partition, which may hold an item from before it had shards. */
function placesOf(key: Key): Key[] {
  return hasShards(key.pk) ? [{ pk: shardOf(key.pk, key), sk: key.sk }, key] : [key];
}
