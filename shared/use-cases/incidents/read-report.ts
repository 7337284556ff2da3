import { addTallies, type DailyTally, type Tally } from "../../domain/incidents/stats.ts";
import { type ReadStatsDeps, readDailyTallies } from "./read-stats.ts";

export interface Report {
  /** Oldest first; the last is today's so far. */
  readonly days: readonly DailyTally[];
  /** Of as many days before them, to compare with. */
  readonly before: Tally;
}

/** How the last so many UTC days went: one item a day once it is over and all of it resolved. */
export async function readReport(deps: ReadStatsDeps, days: number, now: number): Promise<Report> {
  const all = await readDailyTallies(deps, 2 * days, now);
  return { days: all.slice(days), before: addTallies(all.slice(0, days).map(({ tally }) => tally)) };
}
