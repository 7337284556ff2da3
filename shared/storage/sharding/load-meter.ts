/** Measures the load of lists across all functions, and makes hours sharded that exceed what a partition accepts. */

import { keys } from "../keys.ts";
import { expiryAfter } from "../retention.ts";
import type { Table } from "../table.ts";
import { hourAt, isCovered, type ShardedHours, type ShardedHoursStore } from "./sharded-hours.ts";
import type { Load } from "./shards.ts";

/** New items per second from which an hour is sharded. A new incident takes up to three units of a partition. */
export const mostWithoutShards = 300;
const periodMs = 10_000;
/** Items that a function creates before it counts them for all. A platform at rest never counts. */
const counted = 500;

export interface LoadMeter {
  /** Counts a new item. @param at its time, which an alert may have waited since */
  count(load: Load, at: number, known: ShardedHours): Promise<void>;
}

export function loadMeter(table: Table, hours: ShardedHoursStore, nowMs: () => number): LoadMeter {
  const pending = new Map<Load, number>();
  return {
    async count(load, at, known) {
      const items = (pending.get(load) ?? 0) + 1;
      pending.set(load, items % counted);
      if (items < counted) return;
      const hour = hourAt(at);
      if (isCovered(known[load], hour)) return;
      const period = Math.floor(nowMs() / periodMs);
      const key = keys.shardLoad(load, hour, period);
      const sum = await table.increment(key, { by: counted, expiresAt: expiryAfter(nowMs(), 3_600) });
      if ((sum * 1_000) / periodMs >= mostWithoutShards) await hours.add(load, hour, nowMs());
    },
  };
}
