/**
 * When shifts of a rotation begin and end: local wall-clock time, in closed form.
 *
 * Instants are epoch milliseconds; shifts are half-open, [start, end).
 */
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
  /** Units a shift lasts, at least 1. */
  readonly length: number;
  /** Local time of the handoff, `HH:MM`. */
  readonly handoffTime: string;
  /** Local date of the first shift, `YYYY-MM-DD`. */
  readonly startsOn: string;
}

export interface Shift {
  /** Shifts since the rotation began, from 0. */
  readonly number: number;
  readonly start: number;
  readonly end: number;
}

/** When the rotation begins. */
export function startOfRotation(rotation: Rotation, timezone: string): number {
  return firstInstantOf(firstHandoff(rotation), timezone);
}

/** The shift that holds the instant; undefined before the rotation begins. */
export function shiftAt(rotation: Rotation, timezone: string, at: number): Shift | undefined {
  const first = firstHandoff(rotation);
  const startOf = (number: number) => firstInstantOf(handoff(rotation, first, number), timezone);
  let number = periodsBetween(rotation, first, wallClockAt(at, timezone));
  // Clock changes and short months put the estimate off by a shift or two, never more.
  let start = startOf(number);
  while (start > at) start = startOf(--number);
  let end = startOf(number + 1);
  while (end <= at) {
    start = end;
    end = startOf(++number + 1);
  }
  return number < 0 ? undefined : { number, start, end };
}

/** Clock time that passes on the wall in one unit; months differ and are counted by the calendar. */
const wallClockMs = { hour: 3_600_000, day: 86_400_000, week: 604_800_000 };

function firstHandoff({ startsOn, handoffTime }: Rotation): WallClock {
  return wallClock(`${startsOn}T${handoffTime}`);
}

function handoff({ unit, length }: Rotation, first: WallClock, number: number): WallClock {
  const units = number * length;
  return unit === "month" ? addMonths(first, units) : first + units * wallClockMs[unit];
}

/** Whole periods of local time; months by the calendar, so perhaps one too many. */
function periodsBetween({ unit, length }: Rotation, first: WallClock, local: WallClock): number {
  const units = unit === "month" ? monthsBetween(first, local) : (local - first) / wallClockMs[unit];
  return Math.floor(units / length);
}
