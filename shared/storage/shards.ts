/**
 * Shards of partitions that every alert or incident writes to, because a partition accepts 1,000 write units per
 * second. An item's shard is computed from its key.
 *
 * Partitions that only people write to (notes, silences, schedules), and lists of incidents and notifications have no
 * shards. They reach their limit at about 500 new incidents per second.
 */
import { sha256 } from "../crypto/sha256.ts";
import { partitions } from "./keys.ts";
import type { Key } from "./table.ts";

/** Shards by partition: 128 for 100,000 alerts per second, and 8 for what sweeps look for. */
const counts: ReadonlyMap<string, number> = new Map([
  [partitions.alerts, 128],
  [partitions.timers, 8],
  [partitions.incidentsWithPendingEvents, 8],
  [partitions.suppressedAlerts, 8],
  [partitions.heartbeatsToWatch, 8],
]);

export function hasShards(pk: string): boolean {
  return counts.has(pk);
}

/**
 * Returns the shard of a partition, of the table or of an index, that an item belongs to.
 *
 * @param key key of the item, as if there were no shards
 */
export function shardOf(partition: string, { pk, sk }: Key): string {
  const count = counts.get(partition);
  if (count === undefined) return partition;
  // Either part may be the same for all items, as in a list, or for all items of a kind.
  return `${partition}#${Number.parseInt(sha256(`${pk}\n${sk}`).slice(0, 8), 16) % count}`;
}

/** Returns a partition, which holds what was written without shards, and its shards. */
export function withShards(partition: string): string[] {
  const count = counts.get(partition) ?? 0;
  return [partition, ...Array.from({ length: count }, (_, shard) => `${partition}#${shard}`)];
}

/** Returns the partition that a shard belongs to, and any other partition itself. */
export function partitionOf(pk: string): string {
  const partition = pk.replace(/#\d+$/, "");
  return counts.has(partition) ? partition : pk;
}
