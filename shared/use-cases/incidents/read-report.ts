import type { OpenedTally } from "../../domain/incidents/stats.ts";
import { type ReadStatsDeps, readHourlyTallies } from "./read-stats.ts";

/**
 * Reads what a report of some days takes in any time zone: twice the days, for comparison, and one more, on which the
 * first of them begins in western zones. A finished day with only resolved incidents costs one item.
 */
export async function readReport(
  deps: ReadStatsDeps,
  days: number,
  now: number,
): Promise<readonly OpenedTally[]> {
  return readHourlyTallies(deps, 2 * days + 1, now);
}
