/** A schedule as a calendar: local days, and the contribution of each layer and override. */

import { latestInstant } from "../time.ts";
import { dayMs, minuteMs } from "../time-units.ts";
import { addMonths, firstInstantOf, formatDate, type WallClock, wallClockAt } from "../wall-clock.ts";
import { type OnCall, onCallBetween, type ScheduleHistory } from "./on-call.ts";
import { overlaps } from "./override.ts";
import { type OnCallRole, type Override, onCallRoles } from "./schedule.ts";

export interface ClockChange {
  readonly at: number;
  /** Positive if the clock moves forward. */
  readonly byMs: number;
}

/** A local day, [start, end). Days with a clock change are longer or shorter. */
export interface CalendarDay {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly start: number;
  readonly end: number;
  readonly clockChange: ClockChange | null;
}

/** Returns the days of a time zone between two local midnights. */
export function calendarDays(from: WallClock, to: WallClock, timezone: string): CalendarDay[] {
  const days: CalendarDay[] = [];
  for (let local = from; local < Math.min(to, latestInstant); local += dayMs) {
    const [start, end] = [firstInstantOf(local, timezone), firstInstantOf(local + dayMs, timezone)];
    // Zones that cross the date line skip a day.
    if (end <= start) continue;
    const byMs = dayMs - (end - start);
    const clockChange = byMs === 0 ? null : { at: clockChangeIn(start, end, timezone), byMs };
    days.push({ date: formatDate(local), start, end, clockChange });
  }
  return days;
}

/** Exact to the minute. */
function clockChangeIn(start: number, end: number, timezone: string): number {
  const offsetAt = (at: number) => wallClockAt(at, timezone) - at;
  const offsetBefore = offsetAt(start - minuteMs);
  // Clocks may change at midnight itself.
  let [before, after] = [start - minuteMs, end];
  while (after - before > minuteMs) {
    const middle = before + Math.ceil((after - before) / minuteMs / 2) * minuteMs;
    if (offsetAt(middle) === offsetBefore) before = middle;
    else after = middle;
  }
  return after;
}

export const calendarSpans = ["2-weeks", "1-month", "2-months"] as const;
export type CalendarSpan = (typeof calendarSpans)[number];

/** Returns the local date a number of spans later, from midnight to midnight. */
export function spanAfter(from: WallClock, span: CalendarSpan, count: number): WallClock {
  if (span === "2-weeks") return from + count * 14 * dayMs;
  return addMonths(from, count * (span === "1-month" ? 1 : 2));
}

/** Layers, overrides and result of a role in [from, to). */
export interface RoleCalendar {
  readonly role: OnCallRole;
  /** The resulting people on call. */
  readonly final: readonly OnCall[];
  /** Overrides, most recently created first. */
  readonly overrides: readonly Override[];
  /** Each layer's own result, highest priority first; empty for a derived secondary. */
  readonly layers: readonly { readonly name: string; readonly stretches: readonly OnCall[] }[];
}

export function roleCalendars(history: ScheduleHistory, from: number, to: number): RoleCalendar[] {
  return onCallRoles.map((role) => {
    const inForce = history.schedules.filter(
      (_, index) => (history.schedules[index + 1]?.inForceFrom ?? Infinity) > from,
    );
    const names = inForce.flatMap(({ layers }) =>
      layers.filter((layer) => layer.role === role).map(({ name }) => name),
    );
    return {
      role,
      final: onCallBetween(history, role, from, to),
      overrides: history.overrides
        .filter((override) => override.role === role && overlaps(override, { start: from, end: to }))
        .toReversed(),
      layers: [...new Set(names.toReversed())].map((name) => ({
        name,
        stretches: onCallBetween(onlyLayer(history, role, name), role, from, to),
      })),
    };
  });
}

function onlyLayer(history: ScheduleHistory, role: OnCallRole, name: string): ScheduleHistory {
  const schedules = history.schedules.map((schedule) => ({
    ...schedule,
    layers: schedule.layers.filter((layer) => layer.role === role && layer.name === name),
  }));
  return { schedules, overrides: [] };
}

/** A team's schedule, day by day. */
export interface TeamCalendar {
  readonly timezone: string;
  readonly span: CalendarSpan;
  readonly days: readonly CalendarDay[];
  /** Start dates of the previous and the next calendar range of the same length. */
  readonly previous: string;
  readonly next: string;
  readonly roles: readonly RoleCalendar[];
}
