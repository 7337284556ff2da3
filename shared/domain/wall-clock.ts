/**
 * Local times of IANA time zones, and their conversion to absolute times.
 *
 * A `WallClock` is a local date and time without a zone, counted in milliseconds as if it were UTC. Adding a
 * day therefore works across clock changes. Absolute times are epoch milliseconds.
 */
// Its functions instead of its classes, which take 33 KB more of each bundle.
import * as Instant from "temporal-polyfill/fns/Instant";
import * as PlainDateTime from "temporal-polyfill/fns/PlainDateTime";
import * as ZonedDateTime from "temporal-polyfill/fns/ZonedDateTime";
import { formatInstant } from "./time.ts";
import { dayMs, hourMs, minuteMs } from "./time-units.ts";

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

/** Parses `YYYY-MM-DDTHH:MM`. */
export function wallClock(text: string): WallClock {
  return Date.parse(`${text}Z`);
}

export function wallClockAt(at: number, timezone: string): WallClock {
  const day = Math.floor(at / dayMs);
  return at + (steadyOffset(timezone, day, day + 1) ?? offsetAt(timezone, at));
}

/**
 * Converts a local time. In a spring gap, the first time after it; in a fall overlap, the first occurrence.
 */
export function firstInstantOf(local: WallClock, timezone: string): number {
  return instantOf(local, timezone, "earlier");
}

/**
 * Converts a local time. In a spring gap, the first time after it; in a fall overlap, the last occurrence.
 */
export function lastInstantOf(local: WallClock, timezone: string): number {
  return instantOf(local, timezone, "later");
}

function instantOf(local: WallClock, timezone: string, disambiguation: "earlier" | "later"): number {
  const day = Math.floor(local / dayMs);
  // UTC offsets are shorter than a day.
  const offset = steadyOffset(timezone, day - 1, day + 2);
  if (offset !== undefined) return local - offset;
  const zoned = PlainDateTime.toZonedDateTime(plain(local), timezone, { disambiguation });
  const at = zoned.epochMilliseconds;
  if (at + offsetOf(zoned) === local) return at;
  const beforeGap = PlainDateTime.toZonedDateTime(plain(local), timezone, { disambiguation: "earlier" });
  return ZonedDateTime.getTimeZoneTransition(beforeGap, "next")?.epochMilliseconds ?? at;
}

/** Adds months, keeping day and time. If a month is too short, its last day is used. */
export function addMonths(local: WallClock, months: number): WallClock {
  const later = PlainDateTime.addMonths(plain(local), months);
  return wallClock(PlainDateTime.toString(later, { smallestUnit: "minute" }));
}

/** Returns the difference in calendar months, regardless of the day. */
export function monthsBetween(from: WallClock, to: WallClock): number {
  const [a, b] = [new Date(from), new Date(to)];
  return (b.getUTCFullYear() - a.getUTCFullYear()) * 12 + b.getUTCMonth() - a.getUTCMonth();
}

/** Returns the preceding midnight. */
export function startOfDay(local: WallClock): WallClock {
  return Math.floor(local / dayMs) * dayMs;
}

export function weekdayOf(local: WallClock): Weekday {
  return weekdays[(new Date(local).getUTCDay() + 6) % 7] as Weekday;
}

/** Returns the days from one weekday to the next occurrence of the other, 0 to 6. */
export function daysFrom(from: Weekday, to: Weekday): number {
  return (weekdays.indexOf(to) - weekdays.indexOf(from) + 7) % 7;
}

/** Parses `HH:MM`. */
export function timeOfDayMs(time: string): number {
  return Number(time.slice(0, 2)) * hourMs + Number(time.slice(3)) * minuteMs;
}

export function formatDate(local: WallClock): string {
  return formatInstant(local).slice(0, 10);
}

/** Returns the local date of the latest handoff at or before a time, the default start of a rotation. */
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

/**
 * Returns the UTC offset of a zone between two UTC midnights some days apart; undefined if the clocks change
 * in between.
 */
function steadyOffset(timezone: string, fromDay: number, toDay: number): number | undefined {
  const offset = offsetAtMidnight(timezone, fromDay);
  return offset === offsetAtMidnight(timezone, toDay) ? offset : undefined;
}

/** Cache by zone and day. A year of shifts needs the same few hundred offsets, and Temporal is slow. */
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
  return offsetOf(Instant.toZonedDateTimeISO(Instant.fromEpochMilliseconds(at), timezone));
}

function offsetOf(zoned: ZonedDateTime.Record): number {
  return ZonedDateTime.offsetNanoseconds(zoned) / 1_000_000;
}

function plain(local: WallClock): PlainDateTime.Record {
  const date = new Date(local);
  return PlainDateTime.create(
    date.getUTCFullYear(),
    date.getUTCMonth() + 1,
    date.getUTCDate(),
    date.getUTCHours(),
    date.getUTCMinutes(),
  );
}
