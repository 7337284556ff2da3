import { addTallies, type DailyTally, type Tally } from "../../domain/incidents/stats.ts";
import { type ReadStatsDeps, readDailyTallies } from "./read-stats.ts";

export interface Report {
  /** Oldest first; the last one is today so far. */
  readonly days: readonly DailyTally[];
  /** Tally of the preceding days, for comparison. */
  readonly before: Tally;
}

/** Reads statistics of the last UTC days. A finished day with only resolved incidents costs one item. */
export async function readReport(deps: ReadStatsDeps, days: number, now: number): Promise<Report> {
  const all = await readDailyTallies(deps, 2 * days, now);
  return { days: all.slice(days), before: addTallies(all.slice(0, days).map(({ tally }) => tally)) };
}
