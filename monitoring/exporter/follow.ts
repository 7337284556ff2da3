/** Follows a list that grows at its end and can receive late entries shortly before its end. */
import * as z from "zod";
import { storedAs } from "../../shared/messages/wire/stored-as.ts";
import type { HistoryEntry, HistoryReader } from "../../shared/storage/history-reader.ts";
import type { Clock } from "../../shared/use-cases/ports/system.ts";
import { type CheckpointDeps, checkpointOf, mapOf } from "./checkpoint.ts";
import type { ExporterMetrics } from "./metrics.ts";

export interface FollowDeps extends CheckpointDeps {
  readonly history: HistoryReader;
  readonly metrics: ExporterMetrics;
  readonly clock: Clock;
}

/** Checkpoint of a state with a position, under the stored names of its fields. */
export function followCheckpoint<Schema extends z.ZodType<object>>(
  deps: CheckpointDeps,
  source: string,
  schema: Schema,
) {
  return checkpointOf(deps, source, storedAs(schema, { place: "position" }));
}

/**
 * Distance from the newest entry within which late entries are found. IDs contain the time of receipt, so an
 * incident is as late as its alert waited in the queue. Indexes lag by less than a second.
 */
export const overlapMs = 15 * 60_000;

export const positionSchema = z.object({
  /** Time of the newest entry taken, or the start of following the list, in epoch milliseconds. */
  newestAt: z.number(),
  /** Times of recently taken entries by ID. */
  taken: mapOf(z.number()),
});
type Position = z.output<typeof positionSchema>;

export function positionAt(now: number): Position {
  return { newestAt: now, taken: new Map() };
}

/** Returns the earliest time at which an unseen entry can appear. */
function readFrom({ newestAt }: Position): number {
  return newestAt - overlapMs;
}

/**
 * @param at the time in the entry's key
 * @param now upper bound, so that a clock ahead of ours does not advance the position
 */
export function take(position: Position, id: string, at: number, now: number): void {
  position.taken.set(id, at);
  position.newestAt = Math.max(position.newestAt, Math.min(at, now));
}

/** Entries that were not taken yet. */
export async function freshIn(
  position: Position,
  entriesSince: (time: number) => AsyncIterable<HistoryEntry>,
): Promise<HistoryEntry[]> {
  const fresh: HistoryEntry[] = [];
  for await (const entry of entriesSince(readFrom(position)))
    if (!position.taken.has(entry.id)) fresh.push(entry);
  return fresh;
}

/** Deletes entries that will not be read again. */
export function forgetOld(position: Position): void {
  const from = readFrom(position);
  for (const [id, at] of position.taken) if (at < from) position.taken.delete(id);
}

/** Splits items into batches that are read together. */
export function* batchesOf<T>(items: readonly T[], size = 50): Generator<readonly T[]> {
  for (let from = 0; from < items.length; from += size) yield items.slice(from, from + size);
}
