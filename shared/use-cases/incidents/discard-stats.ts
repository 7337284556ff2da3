import { minuteMs } from "../../domain/time-units.ts";
import type { StatsStore } from "../ports/incidents.ts";
import type { Clock, Log } from "../ports/system.ts";

export interface DiscardStatsDeps {
  readonly stats: StatsStore;
  readonly clock: Clock;
  readonly log: Log;
}

/** Less than the time after which an hour's statistics are stored, for clocks that differ. */
const lateMs = 300_000;
/** Longer than a function runs, and until indexes show what it wrote. */
const unsettledMs = minuteMs;

/** Discards stored statistics before an incident is opened long after its alert was received. */
export async function discardStatsIfLate(deps: DiscardStatsDeps, createdAt: number): Promise<void> {
  if (deps.clock() - createdAt > lateMs) await discardStats(deps, createdAt);
}

/**
 * Discards stored statistics of a day before a write that they would lack, and prevents storing them for a minute. Two
 * failures don't prevent the write, which may page someone.
 */
export async function discardStats({ stats, clock, log }: DiscardStatsDeps, at: number): Promise<void> {
  const discard = () => stats.discard(at, clock() + unsettledMs);
  await discard()
    .catch(discard)
    .catch((error) => log.warn("statistics could not be discarded", { error }));
}
