/** Statistics of the last days in a time zone. */

import { dayMs, hourMs } from "../time-units.ts";
import { startOfDay, type WallClock, wallClockAt } from "../wall-clock.ts";
import { addTallies, type OpenedTally, type Tally } from "./stats.ts";

export interface Report {
  /** Oldest first; the last one is today so far. */
  readonly days: readonly LocalTally[];
  /** Tally of as many days before them. */
  readonly before: Tally;
  /** Incidents by weekday and hour of opening: 7 × 24 counts, from Monday on. */
  readonly week: readonly (readonly number[])[];
}

/** Tally of the incidents opened on one local day. */
export interface LocalTally {
  readonly day: WallClock;
  readonly tally: Tally;
}

/** Adds tallies of hours up. An hour in which a day ends, as in zones of half hours, belongs to that day. */
export function reportOf(
  hours: readonly OpenedTally[],
  { days, timezone, now }: { readonly days: number; readonly timezone: string; readonly now: number },
): Report {
  const today = startOfDay(wallClockAt(now, timezone));
  const byDay = Map.groupBy(hours, ({ openedAt }) => startOfDay(wallClockAt(openedAt, timezone)));
  const tallyOn = (day: WallClock) => addTallies((byDay.get(day) ?? []).map(({ tally }) => tally));
  const dates = Array.from({ length: 2 * days }, (_, index) => today - (2 * days - 1 - index) * dayMs);
  const shown = dates.slice(days);
  return {
    days: shown.map((day) => ({ day, tally: tallyOn(day) })),
    before: addTallies(dates.slice(0, days).map(tallyOn)),
    week: weekOf(
      shown.flatMap((day) => byDay.get(day) ?? []),
      timezone,
    ),
  };
}

function weekOf(hours: readonly OpenedTally[], timezone: string): number[][] {
  const week = Array.from({ length: 7 }, () => Array.from({ length: 24 }, () => 0));
  for (const { openedAt, tally } of hours) {
    // The hours of a tally are those of its UTC day.
    const day = Math.floor(openedAt / dayMs) * dayMs;
    for (const [hour, count] of tally.byHour.entries()) {
      if (count === 0) continue;
      const local = wallClockAt(day + hour * hourMs, timezone);
      const row = week[(new Date(local).getUTCDay() + 6) % 7];
      const column = new Date(local).getUTCHours();
      if (row) row[column] = (row[column] ?? 0) + count;
    }
  }
  return week;
}
