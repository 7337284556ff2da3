/** Local times for people. */
import { formatInstant } from "../../domain/time.ts";
import { type WallClock, type Weekday, wallClockAt } from "../../domain/wall-clock.ts";

/** `Mon 23 Nov` */
export function formatDay(local: WallClock): string {
  // `Mon, 23 Nov 2026 …` in all environments (ECMA-262, Date.prototype.toUTCString).
  const [weekday, day, month] = new Date(local).toUTCString().split(/,? /);
  return `${weekday} ${Number(day)} ${month}`;
}

/** `Mon` */
export function shortDay(weekday: Weekday): string {
  return weekday.slice(0, 1).toUpperCase() + weekday.slice(1, 3);
}

/** `09:00` */
export function formatClock(local: WallClock): string {
  return formatInstant(local).slice(11, 16);
}

/** `Mon 23 Nov 09:00`, for a time in a zone. */
export function formatLocal(at: number, timezone: string): string {
  const local = wallClockAt(at, timezone);
  return `${formatDay(local)} ${formatClock(local)}`;
}

/** Returns the value of a datetime-local field: `2026-11-23T09:00`. */
export function fieldTime(local: WallClock): string {
  return formatInstant(local).slice(0, 16);
}
