/** Hours in which a list has shards. */
import * as z from "zod";
import { ignoreStale } from "../../domain/errors.ts";
import { hourMs } from "../../domain/time-units.ts";
import { entity } from "../entity.ts";
import { entityStore } from "../entity-store.ts";
import { keys, partitions } from "../keys.ts";
import type { Range, Table } from "../table.ts";
import { alertShards, type List, type Load, shardsOf } from "./shards.ts";

/** Hours since 1970: the first one, and the one after the last. */
type HourRange = readonly [from: number, to: number];

/** Ranges by load, in order. A range is never removed, so an item in a shard is always found. */
export interface ShardedHours extends Readonly<Record<Load, readonly HourRange[]>> {
  readonly version: number;
}

const ranges = z.array(z.tuple([z.int(), z.int()]));

export const shardedHoursEntity = entity<ShardedHours>({
  name: "sharded hours",
  schema: z.object({ alerts: ranges, incidents: ranges, notifications: ranges, version: z.number() }),
  key: keys.shardedHours,
});

/** Keeps the item within one read unit. */
const mostRanges = 50;

export function hourAt(at: number): number {
  return Math.floor(at / hourMs);
}

/** Returns true if an hour and the next one are sharded. */
export function isCovered(ranges: readonly HourRange[], hour: number): boolean {
  return ranges.some(([from, to]) => from <= hour && hour + 1 < to);
}

/** Returns true if the hour of a sort key is sharded. */
export function isSharded({ load, timeOf }: List, hours: ShardedHours, sortKey: string): boolean {
  const hour = hourAt(timeOf(sortKey));
  return hours[load].some(([from, to]) => from <= hour && hour < to);
}

/** Returns the first sort key after the sharded hours in a range, or undefined if it has none. */
export function endOfSharded(
  { load, keyAt }: List,
  hours: ShardedHours,
  { from = "", before }: Range,
): string | undefined {
  const last = hours[load].findLast(
    ([start, end]) => from < keyAt(end * hourMs) && (before === undefined || keyAt(start * hourMs) < before),
  );
  return last && keyAt(last[1] * hourMs);
}

/** Adds an hour and the next one, so that a load that lasts does not start each hour without shards. */
export function withHour(known: readonly HourRange[], hour: number): HourRange[] {
  const sorted = [...known, [hour, hour + 2] as const].toSorted(([a], [b]) => a - b);
  const joined: HourRange[] = [];
  for (const [from, to] of sorted) {
    const last = joined.at(-1);
    if (last && from <= last[1]) joined.splice(-1, 1, [last[0], Math.max(last[1], to)]);
    else joined.push([from, to]);
  }
  // Hours between the oldest ranges become sharded. Their items are still found.
  while (joined.length > mostRanges) {
    const [[from] = [0], [, to] = [0, 0]] = joined.splice(0, 2);
    joined.unshift([from, to]);
  }
  return joined;
}

export const noHours: ShardedHours = { alerts: [], incidents: [], notifications: [], version: 0 };

export interface ShardedHoursStore {
  find(nowMs: number): Promise<ShardedHours>;
  /** Adds an hour and the next one. */
  add(load: Load, hour: number, nowMs: number): Promise<void>;
  /** Returns them after storing them, which the first function does that writes alerts. */
  begin(nowMs: number): Promise<ShardedHours>;
}

export function shardedHoursStore(table: Table): ShardedHoursStore {
  const store = entityStore(table, shardedHoursEntity, {
    label: () => "The sharded hours",
    startsMissing: true,
  });
  const find = () => store.find(keys.shardedHours());

  return {
    find: async (nowMs) => (await find()) ?? unknownHours(nowMs),

    async add(load, hour, nowMs) {
      const stored = await find();
      if (stored && isCovered(stored[load], hour)) return;
      const known = stored ?? unknownHours(nowMs);
      await store.replace(known, { ...known, [load]: withHour(known[load], hour) }).catch(ignoreStale);
    },

    async begin(nowMs) {
      const known = await find();
      if (known) return known;
      const reads = shardsOf(partitions.alerts, alertShards).map((pk) =>
        table.query({ pk, newestFirst: true, limit: 1 }),
      );
      const found = (await Promise.all(reads)).flat();
      const hours = unknownHours(nowMs);
      const first = found.length > 0 ? hours : noHours;
      await store.replace(first, first).catch(ignoreStale);
      return (await find()) ?? hours;
    },
  };
}

/** Without a record, alerts of any hour may be in shards: earlier code with `SHARDING=on` put all of them there. */
function unknownHours(nowMs: number): ShardedHours {
  return { ...noHours, alerts: [[0, hourAt(nowMs) + 2]] };
}
