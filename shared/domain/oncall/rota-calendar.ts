/** A rota laid out for people: days of a zone, and what each layer and each override adds to who is on call. */

import { latestInstant } from "../time.ts";
import { addMonths, dayMs, firstInstantOf, formatDate, type WallClock, wallClockAt } from "../wall-clock.ts";
import { type OnCall, onCallBetween, type Rota } from "./on-call.ts";
import { type OnCallRole, type Override, onCallRoles } from "./schedule.ts";

export interface ClockChange {
  readonly at: number;
  /** Forward is positive. */
  readonly byMs: number;
}

/** A local day, [start, end); one on which clocks change is longer or shorter than others. */
export interface CalendarDay {
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly start: number;
  readonly end: number;
  readonly clockChange: ClockChange | null;
}

/** The days of a zone from one local midnight to another. */
export function calendarDays(from: WallClock, to: WallClock, timezone: string): CalendarDay[] {
  const days: CalendarDay[] = [];
  for (let local = from; local < Math.min(to, latestInstant); local += dayMs) {
    const [start, end] = [firstInstantOf(local, timezone), firstInstantOf(local + dayMs, timezone)];
    // A zone that crosses the date line leaves a day out.
    if (end <= start) continue;
    const byMs = dayMs - (end - start);
    const clockChange = byMs === 0 ? null : { at: clockChangeIn(start, end, timezone), byMs };
    days.push({ date: formatDate(local), start, end, clockChange });
  }
  return days;
}

const minuteMs = 60_000;

/** To the minute. */
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

/** The local date so many spans on, midnight to midnight. */
export function spanAfter(from: WallClock, span: CalendarSpan, count: number): WallClock {
  if (span === "2-weeks") return from + count * 14 * dayMs;
  return addMonths(from, count * (span === "1-month" ? 1 : 2));
}

/** What leads to who is on call in a role, in [from, to). */
export interface RoleCalendar {
  readonly role: OnCallRole;
  /** Who is on call, in the end. */
  readonly final: readonly OnCall[];
  /** The last created first. */
  readonly overrides: readonly Override[];
  /** Whom each layer would have, the one that wins first; none: a derived secondary. */
  readonly layers: readonly { readonly name: string; readonly stretches: readonly OnCall[] }[];
}

export function roleCalendars(rota: Rota, from: number, to: number): RoleCalendar[] {
  return onCallRoles.map((role) => {
    const inForce = rota.schedules.filter(
      (_, index) => (rota.schedules[index + 1]?.inForceFrom ?? Infinity) > from,
    );
    const names = inForce.flatMap(({ layers }) =>
      layers.filter((layer) => layer.role === role).map(({ name }) => name),
    );
    return {
      role,
      final: onCallBetween(rota, role, from, to),
      overrides: rota.overrides
        .filter((override) => override.role === role && override.start < to && override.end > from)
        .toReversed(),
      layers: [...new Set(names.toReversed())].map((name) => ({
        name,
        stretches: onCallBetween(onlyLayer(rota, role, name), role, from, to),
      })),
    };
  });
}

function onlyLayer(rota: Rota, role: OnCallRole, name: string): Rota {
  const schedules = rota.schedules.map((schedule) => ({
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
  /** Local dates on which the same span before it and after it begins. */
  readonly previous: string;
  readonly next: string;
  readonly roles: readonly RoleCalendar[];
}
