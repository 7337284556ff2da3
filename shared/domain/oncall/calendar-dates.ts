/** Dates of a calendar: a week or a month. */

import { dayMs, weekMs } from "../time-units.ts";
import {
  addMonths,
  daysFrom,
  startOfDay,
  type WallClock,
  wallClock,
  wallClockAt,
  weekdayOf,
} from "../wall-clock.ts";

export const calendarRanges = ["week", "month"] as const;
export type CalendarRange = (typeof calendarRanges)[number];

/** Local dates of a calendar of all teams, from midnight to midnight. */
export interface CalendarDates {
  readonly range: CalendarRange;
  readonly from: WallClock;
  readonly to: WallClock;
  /** First date of the calendar before. */
  readonly previous: WallClock;
}

/** Returns the week from Monday, or the month, that contains a local date. Default: today in UTC. */
export function calendarDates(range: CalendarRange, date: string | undefined, now: number): CalendarDates {
  const day = date === undefined ? startOfDay(wallClockAt(now, "UTC")) : wallClock(`${date}T00:00`);
  if (range === "week") {
    const from = day - daysFrom("monday", weekdayOf(day)) * dayMs;
    return { range, from, to: from + weekMs, previous: from - weekMs };
  }
  const from = day - (new Date(day).getUTCDate() - 1) * dayMs;
  return { range, from, to: addMonths(from, 1), previous: addMonths(from, -1) };
}
