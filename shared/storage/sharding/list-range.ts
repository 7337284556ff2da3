import type { Range } from "../table.ts";
import { readMerged } from "./merged-range.ts";
import { endOfSharded, type ShardedHours } from "./sharded-hours.ts";
import { type List, shardsOf } from "./shards.ts";

interface Reader<T> {
  readonly sortKeyOf: (item: T) => string;
  readonly read: (range: Range) => Promise<T[]>;
}

/**
 * Reads a range of a list. It costs one read unless it contains sharded hours, and at most one more for each shard.
 * All of it may also be in the partition, from functions that did not know yet that the hour became sharded.
 */
export async function readList<T>(
  list: List,
  hours: ShardedHours,
  range: Range,
  { sortKeyOf, read }: Reader<T>,
): Promise<T[]> {
  const end = endOfSharded(list, hours, range);
  if (end === undefined) return read(range);

  const startsQuiet = range.newestFirst && (range.before === undefined || end < range.before);
  const newer = startsQuiet ? await read({ ...range, from: end }) : [];
  if (newer.length === range.limit) return newer;

  const partitions = [range.pk, ...shardsOf(range.pk, list.shards)];
  const limit = range.limit - newer.length;
  const older = await readMerged(
    {
      partitions,
      // Shards have equally many items. The partition may have all of them.
      pageSizeOf: (pk) => (pk === range.pk ? limit : Math.ceil(limit / partitions.length) + 1),
      sortKeyOf,
      unique: true,
      read,
    },
    { ...range, limit, ...(startsQuiet && { before: end }) },
  );
  return [...newer, ...older];
}
