/**
 * What clocks on the wall show, and when: local times of IANA zones and instants.
 *
 * A `WallClock` is a local date and time without a zone, counted in milliseconds as if it were UTC, so that
 * adding a day is adding a day whatever the clocks do. An instant is epoch milliseconds.
 */
import { Temporal } from "temporal-polyfill";
import { formatInstant } from "./time.ts";

export type WallClock = number & { readonly wallClock?: never };

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

export const dayMs = 86_400_000;

/** Of `YYYY-MM-DDTHH:MM`. */
export function wallClock(text: string): WallClock {
  return Date.parse(`${text}Z`);
}

export function wallClockAt(at: number, timezone: string): WallClock {
  const day = Math.floor(at / dayMs);
  return at + (steadyOffset(timezone, day, day + 1) ?? offsetAt(timezone, at));
}

/** In a spring gap the first instant after it, in an autumn overlap the first occurrence. */
export function firstInstantOf(local: WallClock, timezone: string): number {
  return instantOf(local, timezone, "earlier");
}

/** In a spring gap the first instant after it, in an autumn overlap the last occurrence. */
export function lastInstantOf(local: WallClock, timezone: string): number {
  return instantOf(local, timezone, "later");
}

function instantOf(local: WallClock, timezone: string, disambiguation: "earlier" | "later"): number {
  const day = Math.floor(local / dayMs);
  // No zone is a whole day ahead of UTC or behind it.
  const offset = steadyOffset(timezone, day - 1, day + 2);
  if (offset !== undefined) return local - offset;
  const zoned = plain(local).toZonedDateTime(timezone, { disambiguation });
  const at = zoned.epochMilliseconds;
  if (at + zoned.offsetNanoseconds / 1_000_000 === local) return at;
  const beforeGap = plain(local).toZonedDateTime(timezone, { disambiguation: "earlier" });
  return beforeGap.getTimeZoneTransition("next")?.epochMilliseconds ?? at;
}

/** The same day and time some months later, or the month's last day where it has no such day. */
export function addMonths(local: WallClock, months: number): WallClock {
  return wallClock(plain(local).add({ months }).toString({ smallestUnit: "minute" }));
}

/** By the calendar, whatever the day. */
export function monthsBetween(from: WallClock, to: WallClock): number {
  const [a, b] = [new Date(from), new Date(to)];
  return (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
}

/** Midnight before. */
export function startOfDay(local: WallClock): WallClock {
  return Math.floor(local / dayMs) * dayMs;
}

export function weekdayOf(local: WallClock): Weekday {
  return weekdays[(new Date(local).getUTCDay() + 6) % 7] as Weekday;
}

/** Days from one weekday to the next such other, 0 to 6. */
export function daysFrom(from: Weekday, to: Weekday): number {
  return (weekdays.indexOf(to) - weekdays.indexOf(from) + 7) % 7;
}

/** Of `HH:MM`. */
export function timeOfDayMs(time: string): number {
  return Number(time.slice(0, 2)) * 3_600_000 + Number(time.slice(3)) * 60_000;
}

export function formatDate(local: WallClock): string {
  return formatInstant(local).slice(0, 10);
}

/** The local date of the latest handoff at or before the instant: where a rotation without a start begins. */
export function latestHandoffDate(
  handoff: { readonly time: string; readonly day: Weekday | null },
  timezone: string,
  at: number,
): string {
  const today = startOfDay(wallClockAt(at, timezone));
  const date = today - (handoff.day === null ? 0 : daysFrom(handoff.day, weekdayOf(today)) * dayMs);
  const passed = firstInstantOf(date + timeOfDayMs(handoff.time), timezone) <= at;
  return formatDate(passed ? date : date - (handoff.day === null ? 1 : 7) * dayMs);
}

/** What a zone is ahead of UTC from one UTC midnight to another, a few days on; undefined if clocks change meanwhile. */
function steadyOffset(timezone: string, fromDay: number, toDay: number): number | undefined {
  const offset = offsetAtMidnight(timezone, fromDay);
  return offset === offsetAtMidnight(timezone, toDay) ? offset : undefined;
}

/** By zone and day: a year of shifts asks for the same few hundred again and again, and Temporal takes its time. */
const offsetsAtMidnight = new Map<string, Map<number, number>>();
const daysKept = 2_000;

function offsetAtMidnight(timezone: string, day: number): number {
  const known = offsetsAtMidnight.get(timezone) ?? new Map<number, number>();
  const offset = known.get(day) ?? offsetAt(timezone, day * dayMs);
  if (!known.has(day)) {
    if (known.size >= daysKept) known.clear();
    offsetsAtMidnight.set(timezone, known.set(day, offset));
  }
  return offset;
}

function offsetAt(timezone: string, at: number): number {
  return (
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone).offsetNanoseconds / 1_000_000
  );
}

function plain(local: WallClock): Temporal.PlainDateTime {
  const date = new Date(local);
  return new Temporal.PlainDateTime(
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
  );
}
