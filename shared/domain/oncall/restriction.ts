/** Restrictions of a layer to hours of the day or week, in local wall-clock time. */

import { dayMs, weekMs } from "../time-units.ts";
import {
  daysFrom,
  firstInstantOf,
  lastInstantOf,
  timeOfDayMs,
  type WallClock,
  type Weekday,
  wallClockAt,
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
export interface Duty {
  readonly onDuty: boolean;
  readonly start: number;
  readonly end: number;
}

export type DutyAt = (at: number) => Duty;

/** Returns an interval around a time, not always the longest. A layer without restrictions is always on duty. */
export function dutyAt(restrictions: readonly Restriction[], timezone: string, at: number): Duty {
  return dutiesOf(restrictions, timezone)(at);
}

/** Returns `dutyAt` for steps through a range: a window is computed again only when its interval ends. */
export function dutiesOf(restrictions: readonly Restriction[], timezone: string): DutyAt {
  const windows = restrictions.map((restriction) => ({ ...windowOf(restriction), duty: never }));
  return (at) => {
    let onDuty = windows.length === 0;
    let start = -Infinity;
    let end = Infinity;
    for (const window of windows) {
      if (at < window.duty.start || at >= window.duty.end) window.duty = dutyOfWindow(window, timezone, at);
      const { duty } = window;
      if (duty.onDuty && !onDuty) {
        onDuty = true;
        start = duty.start;
        end = duty.end;
      } else if (duty.onDuty) {
        start = Math.min(start, duty.start); // union of the windows around the time
        end = Math.max(end, duty.end);
      } else if (!onDuty) {
        start = Math.max(start, duty.start); // intersection of the times between windows
        end = Math.min(end, duty.end);
      }
    }
    return { onDuty, start, end };
  };
}

const never: Duty = { onDuty: false, start: 0, end: 0 };

/** A restriction in milliseconds of local time. */
interface Window {
  readonly periodMs: number;
  /** From the start of the period: any midnight, or that of a Monday. */
  readonly startMs: number;
  readonly lengthMs: number;
}

function windowOf(restriction: Restriction): Window {
  const { type, start, end } = restriction;
  const startMs = timeOfDayMs(start);
  const lengthMs = timeOfDayMs(end) - startMs + daysUntilEnd(restriction) * dayMs;
  return type === "daily"
    ? { periodMs: dayMs, startMs, lengthMs }
    : { periodMs: weekMs, startMs: startMs + daysFrom("monday", restriction.startDay) * dayMs, lengthMs };
}

/** Local time of a Monday's midnight. */
const aMonday: WallClock = 4 * dayMs;

/** Checks the last window that began before the time in local time, or the one after it. */
function dutyOfWindow({ periodMs, startMs, lengthMs }: Window, timezone: string, at: number): Duty {
  const opens = (local: WallClock) => firstInstantOf(local, timezone);
  const closes = (local: WallClock) => lastInstantOf(local + lengthMs, timezone);
  const now = wallClockAt(at, timezone);
  const sinceStart = (now - aMonday - startMs) % periodMs;
  const local = now - (sinceStart < 0 ? sinceStart + periodMs : sinceStart);
  const end = closes(local);
  if (at < end) return { onDuty: true, start: opens(local), end };
  const start = opens(local + periodMs);
  if (at < start) return { onDuty: false, start: end, end: start };
  // The clocks were turned back behind a start that has passed.
  return { onDuty: true, start, end: closes(local + periodMs) };
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
  const [a, b] = [windowOf(one), windowOf(other)];
  return one.type === other.type && (covers(a, b.startMs) || covers(b, a.startMs));
}

/** Returns true if a window contains a point of its period. */
function covers({ periodMs, startMs, lengthMs }: Window, pointMs: number): boolean {
  return (pointMs - startMs + periodMs) % periodMs < lengthMs;
}
