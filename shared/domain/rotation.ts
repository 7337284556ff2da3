/**
 * When shifts of a rotation begin and end: local wall-clock time, in closed form.
 *
 * Instants are epoch milliseconds; shifts are half-open, [start, end).
 */
import { Temporal } from "temporal-polyfill";

export const weekdays = [
  "monday",
  "tuesday",
  "wednesday",
  "thursday",
  "friday",
  "saturday",
  "sunday",
] as const;
export type Weekday = (typeof weekdays)[number];

export const rotationUnits = ["day", "week"] as const;
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

/** The shift that holds the instant; undefined before the rotation begins. */
export function shiftAt(rotation: Rotation, timezone: string, at: number): Shift | undefined {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).toPlainDate();
  const anchor = Temporal.PlainDate.from(rotation.startsOn);
  const elapsedDays = anchor.until(today, { largestUnit: "day" }).days;
  // Handoffs may lie before or after the instant within its local day, and a clock that is set back over
  // midnight repeats a part of the day before, so the estimate is off by one at most.
  let number = Math.floor(elapsedDays / periodDays(rotation));
  if (startOfShift(rotation, timezone, number) > at) number -= 1;
  else if (startOfShift(rotation, timezone, number + 1) <= at) number += 1;
  if (number < 0) return undefined;
  return {
    number,
    start: startOfShift(rotation, timezone, number),
    end: startOfShift(rotation, timezone, number + 1),
  };
}

function startOfShift(rotation: Rotation, timezone: string, number: number): number {
  const date = Temporal.PlainDate.from(rotation.startsOn).add({ days: number * periodDays(rotation) });
  return instantOf(date.toPlainDateTime(Temporal.PlainTime.from(rotation.handoffTime)), timezone);
}

function periodDays(rotation: Rotation): number {
  return rotation.length * (rotation.unit === "week" ? 7 : 1);
}

/** A local time as an instant: in a spring gap the first instant after it, in an autumn overlap the first occurrence. */
export function instantOf(local: Temporal.PlainDateTime, timezone: string): number {
  const earlier = local.toZonedDateTime(timezone, { disambiguation: "earlier" });
  if (earlier.toPlainDateTime().equals(local)) return earlier.epochMilliseconds;
  const gap = earlier.getTimeZoneTransition("next");
  return (gap ?? earlier).epochMilliseconds;
}

/** The local date of the latest handoff at or before the instant: where a rotation without a start begins. */
export function latestHandoffDate(
  handoff: { readonly time: string; readonly day: Weekday | null },
  timezone: string,
  at: number,
): string {
  const today = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).toPlainDate();
  const time = Temporal.PlainTime.from(handoff.time);
  const back = handoff.day === null ? 0 : (today.dayOfWeek - 1 - weekdays.indexOf(handoff.day) + 7) % 7;
  const date = today.subtract({ days: back });
  const passed = instantOf(date.toPlainDateTime(time), timezone) <= at;
  return (passed ? date : date.subtract({ days: handoff.day === null ? 1 : 7 })).toString();
}

export function weekdayOf(date: string): Weekday {
  return weekdays[Temporal.PlainDate.from(date).dayOfWeek - 1] as Weekday;
}
