/** Restrictions of a layer to hours of the day or week, in local wall-clock time. */
import {
  dayMs,
  daysFrom,
  firstInstantOf,
  lastInstantOf,
  startOfDay,
  timeOfDayMs,
  type WallClock,
  type Weekday,
  wallClockAt,
  weekdayOf,
} from "../wall-clock.ts";

export type Restriction =
  | { readonly type: "daily"; readonly start: string; readonly end: string }
  | {
      readonly type: "weekly";
      readonly startDay: Weekday;
      readonly start: string;
      readonly endDay: Weekday;
      readonly end: string;
    };

/** An interval, [start, end), throughout which a layer is either on duty or off duty. */
interface Duty {
  readonly onDuty: boolean;
  readonly start: number;
  readonly end: number;
}

/**
 * Returns an interval around a time, not always the longest. A layer without restrictions is always on duty.
 */
export function dutyAt(restrictions: readonly Restriction[], timezone: string, at: number): Duty {
  if (restrictions.length === 0) return { onDuty: true, start: -Infinity, end: Infinity };
  const duties = restrictions.map((restriction) => dutyOf(restriction, timezone, at));
  const on = duties.filter(({ onDuty }) => onDuty);
  return on.length > 0 ? union(on) : intersection(duties);
}

/** Checks the last window that began before the time in local time, or the one after it. */
function dutyOf(restriction: Restriction, timezone: string, at: number): Duty {
  const day = startDayBefore(restriction, wallClockAt(at, timezone));
  const end = endOfWindow(restriction, timezone, day);
  if (at < end) return { onDuty: true, start: startOfWindow(restriction, timezone, day), end };
  const nextDay = day + periodMs(restriction);
  const start = startOfWindow(restriction, timezone, nextDay);
  if (at < start) return { onDuty: false, start: end, end: start };
  // The clocks were turned back behind a start that has passed.
  return { onDuty: true, start, end: endOfWindow(restriction, timezone, nextDay) };
}

/** Returns the local day on which the current or the last window began. */
function startDayBefore(restriction: Restriction, local: WallClock): WallClock {
  const today = startOfDay(local);
  const day =
    restriction.type === "daily" ? today : today - daysFrom(restriction.startDay, weekdayOf(today)) * dayMs;
  return day + timeOfDayMs(restriction.start) <= local ? day : day - periodMs(restriction);
}

function startOfWindow(restriction: Restriction, timezone: string, day: WallClock): number {
  return firstInstantOf(day + timeOfDayMs(restriction.start), timezone);
}

function endOfWindow(restriction: Restriction, timezone: string, day: WallClock): number {
  const lastDay = day + daysUntilEnd(restriction) * dayMs;
  return lastInstantOf(lastDay + timeOfDayMs(restriction.end), timezone);
}

function periodMs({ type }: Restriction): number {
  return type === "daily" ? dayMs : 7 * dayMs;
}

/**
 * Returns the days between start and end. A window that ends no later in the day than it starts ends the next
 * day or week.
 */
function daysUntilEnd(restriction: Restriction): number {
  const over = restriction.end <= restriction.start;
  if (restriction.type === "daily") return over ? 1 : 0;
  return daysFrom(restriction.startDay, restriction.endDay) || (over ? 7 : 0);
}

/**
 * Returns true if two windows of one type overlap, so that one is partly redundant. Nights and weekends may
 * overlap.
 */
export function overlap(one: Restriction, other: Restriction): boolean {
  return one.type === other.type && (covers(one, startInPeriod(other)) || covers(other, startInPeriod(one)));
}

/**
 * Returns true if a window contains a point of its period, in milliseconds from the period's start in local
 * time.
 */
function covers(restriction: Restriction, point: number): boolean {
  const period = periodMs(restriction);
  const length =
    timeOfDayMs(restriction.end) - timeOfDayMs(restriction.start) + daysUntilEnd(restriction) * dayMs;
  return (point - startInPeriod(restriction) + period) % period < length;
}

function startInPeriod(restriction: Restriction): number {
  const days = restriction.type === "daily" ? 0 : daysFrom("monday", restriction.startDay);
  return days * dayMs + timeOfDayMs(restriction.start);
}

function union(duties: readonly Duty[]): Duty {
  return {
    onDuty: true,
    start: Math.min(...duties.map(({ start }) => start)),
    end: Math.max(...duties.map(({ end }) => end)),
  };
}

function intersection(duties: readonly Duty[]): Duty {
  return {
    onDuty: false,
    start: Math.max(...duties.map(({ start }) => start)),
    end: Math.min(...duties.map(({ end }) => end)),
  };
}
