/** Follows a list that grows at its end and can receive late entries shortly before its end. */
import * as z from "zod";
import type { HistoryEntry } from "../../shared/storage/history-reader.ts";
import { mapOf } from "./checkpoint.ts";

/**
 * Distance from the newest entry within which late entries are found. IDs contain the time of receipt, so an
 * incident is as late as its alert waited in the queue. Indexes lag by less than a second.
 */
export const overlapMs = 15 * 60_000;

export const placeSchema = z.object({
  /** Time of the newest entry taken, or the start of following the list, in epoch milliseconds. */
  newestAt: z.number(),
  /** Times of recently taken entries by ID. */
  taken: mapOf(z.number()),
});
export type Place = z.output<typeof placeSchema>;

export function placeAt(now: number): Place {
  return { newestAt: now, taken: new Map() };
}

/** Returns the earliest time at which an unseen entry can appear. */
export function readFrom({ newestAt }: Place): number {
  return newestAt - overlapMs;
}

/**
 * @param at the time in the entry's key
 * @param now upper bound, so that a clock ahead of ours does not advance the position
 */
export function take(place: Place, id: string, at: number, now: number): void {
  place.taken.set(id, at);
  place.newestAt = Math.max(place.newestAt, Math.min(at, now));
}

/** Entries that were not taken yet. */
export async function freshIn(place: Place, entries: AsyncIterable<HistoryEntry>): Promise<HistoryEntry[]> {
  const fresh: HistoryEntry[] = [];
  for await (const entry of entries) if (!place.taken.has(entry.id)) fresh.push(entry);
  return fresh;
}

/** Deletes entries that will not be read again. */
export function forgetOld(place: Place): void {
  const from = readFrom(place);
  for (const [id, at] of place.taken) if (at < from) place.taken.delete(id);
}

/** Splits items into batches that are read together. */
export function* batchesOf<T>(items: readonly T[], size = 50): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
