/**
 * Shift times of a rotation: local wall-clock time, in closed form.
 *
 * Times are epoch milliseconds. Shifts are half-open, [start, end).
 */

import { dayMs, hourMs, weekMs } from "../time-units.ts";
import {
  addMonths,
  firstInstantOf,
  monthsBetween,
  type WallClock,
  wallClock,
  wallClockAt,
} from "../wall-clock.ts";

export const rotationUnits = ["hour", "day", "week", "month"] as const;
export type RotationUnit = (typeof rotationUnits)[number];

export interface Rotation {
  readonly unit: RotationUnit;
  /** Units per shift, at least 1. */
  readonly length: number;
  /** Local time of the handoff, `HH:MM`. */
  readonly handoffTime: string;
  /** Local date of the first shift, `YYYY-MM-DD`. */
  readonly startsOn: string;
}

interface Shift {
  /** Number of shifts since the start of the rotation, from 0. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** Returns the start of the rotation. */
export function startOfRotation(rotation: Rotation, timezone: string): number {
  return firstInstantOf(firstHandoff(rotation), timezone);
}

/** Returns the shift that contains a time; undefined before the rotation starts. */
export function shiftAt(rotation: Rotation, timezone: string, at: number): Shift | undefined {
  const first = firstHandoff(rotation);
  const startOf = (number: number) => firstInstantOf(handoff(rotation, first, number), timezone);
  let number = periodsBetween(rotation, first, wallClockAt(at, timezone));
  // Clock changes and short months shift the estimate by at most two shifts.
  let start = startOf(number);
  while (start > at) start = startOf(--number);
  let end = startOf(number + 1);
  while (end <= at) {
    start = end;
    end = startOf(++number + 1);
  }
  return number < 0 ? undefined : { number, start, end };
}

/** Length of one unit in local time. Months vary and are counted by calendar. */
const wallClockMs = { hour: hourMs, day: dayMs, week: weekMs };

function firstHandoff({ startsOn, handoffTime }: Rotation): WallClock {
  return wallClock(`${startsOn}T${handoffTime}`);
}

function handoff({ unit, length }: Rotation, first: WallClock, number: number): WallClock {
  const units = number * length;
  return unit === "month" ? addMonths(first, units) : first + units * wallClockMs[unit];
}

/** Returns whole periods of local time. For months, the result can be one too high. */
function periodsBetween({ unit, length }: Rotation, first: WallClock, local: WallClock): number {
  const units = unit === "month" ? monthsBetween(first, local) : (local - first) / wallClockMs[unit];
  return Math.floor(units / length);
}
