import { type Weekday, wallClockAt, weekdayOf } from "../domain/wall-clock.ts";

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

/** `Mon 23 Nov 09:00`, as the clocks of a zone show it. */
export function localMinute(at: number, timezone: string): string {
  return `${localDay(at, timezone)} ${iso(at, timezone).slice(11, 16)}`;
}

/** `Mon 23 Nov` */
export function localDay(at: number, timezone: string): string {
  const text = iso(at, timezone);
  const day = shortDay(weekdayOf(wallClockAt(at, timezone)));
  return `${day} ${Number(text.slice(8, 10))} ${months[Number(text.slice(5, 7)) - 1]}`;
}

export function shortDay(day: Weekday): string {
  return day.slice(0, 1).toUpperCase() + day.slice(1, 3);
}

function iso(at: number, timezone: string): string {
  return new Date(wallClockAt(at, timezone)).toISOString();
}
