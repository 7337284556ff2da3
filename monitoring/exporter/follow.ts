/** How to follow a list that grows at its end, where what is late can still appear some way behind it. */
import * as z from "zod";
import type { HistoryEntry } from "../../shared/storage/history-reader.ts";
import { mapOf } from "./checkpoint.ts";

/**
 * How far behind the newest entry others are looked for. Ids tell when an alert came in, so an incident is late by as
 * long as its alert waited; indexes are late by less than a second.
 */
export const overlapMs = 15 * 60_000;

export const placeSchema = z.object({
  /** Of the newest entry that was taken in, or since when the list is followed; epoch milliseconds. */
  newestAt: z.number(),
  /** Ids of the entries not far behind that one that were taken in, each with its time. */
  taken: mapOf(z.number()),
});
export type Place = z.output<typeof placeSchema>;

export function placeAt(now: number): Place {
  return { newestAt: now, taken: new Map() };
}

/** Where reading has to begin for nothing to be missed. */
export function readFrom({ newestAt }: Place): number {
  return newestAt - overlapMs;
}

/**
 * @param at the time in its key
 * @param now a clock that is ahead of ours must not take the place with it
 */
export function take(place: Place, id: string, at: number, now: number): void {
  place.taken.set(id, at);
  place.newestAt = Math.max(place.newestAt, Math.min(at, now));
}

/** Those that were not taken in yet. */
export async function freshIn(place: Place, entries: AsyncIterable<HistoryEntry>): Promise<HistoryEntry[]> {
  const fresh: HistoryEntry[] = [];
  for await (const entry of entries) if (!place.taken.has(entry.id)) fresh.push(entry);
  return fresh;
}

/** Forgets what won't be read again. */
export function forgetOld(place: Place): void {
  const from = readFrom(place);
  for (const [id, at] of place.taken) if (at < from) place.taken.delete(id);
}

/** How many items are read and taken in together. */
export function* batchesOf<T>(items: readonly T[], size = 50): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
