/** Hours of the week in local time, merged where adjacent, as restrictions of a layer. */
import type * as z from "zod";
import type { layeredPlan } from "../../shared/contracts/oncall/schedules/plan.ts";
import { type Weekday, weekdays } from "../../shared/domain/wall-clock.ts";

type RestrictionInput = NonNullable<z.input<typeof layeredPlan>["layers"][number]["restrictions"]>[number];

/** A window that starts at a minute of the day, on one weekday or daily (null). */
export interface Hours {
  readonly day: Weekday | null;
  readonly startMinute: number;
  readonly minutes: number;
}

const dayMinutes = 1_440;
const weekMinutes = 7 * dayMinutes;

/** Returns no restrictions for hours without gaps, or for no hours. Both mean always. */
export function restrictionsOf(hours: readonly Hours[]): RestrictionInput[] {
  const week = weekOf(hours);
  const monday = week.slice(0, dayMinutes);
  const alike = week.every((on, minute) => on === monday[minute % dayMinutes]);
  if (alike) return windowsOf(monday).map(([start, end]) => ({ type: "daily", ...clock(start, end) }));
  return windowsOf(week).map(([start, end]) => ({
    type: "weekly",
    start_day: dayOf(start),
    end_day: dayOf(end),
    ...clock(start, end),
  }));
}

/** Returns true if two sets of hours overlap. */
export function meet(one: readonly Hours[], other: readonly Hours[]): boolean {
  const others = weekOf(other);
  return weekOf(one).some((on, minute) => on && others[minute]);
}

/** Returns the hours between two times of day. An end that is not later is on the next day. */
export function hoursBetween(day: Weekday | null, startMinute: number, endMinute: number): Hours {
  return { day, startMinute, minutes: endMinute - startMinute + (endMinute <= startMinute ? dayMinutes : 0) };
}

/** Returns the hours between two times of the week. An end that is not later is in the next week. */
export function hoursAcross(start: Weekday, startMinute: number, end: Weekday, endMinute: number): Hours {
  const length = pointOf(end, endMinute) - pointOf(start, startMinute);
  return { day: start, startMinute, minutes: length + (length <= 0 ? weekMinutes : 0) };
}

function pointOf(day: Weekday, minute: number): number {
  return weekdays.indexOf(day) * dayMinutes + minute;
}

function weekOf(hours: readonly Hours[]): boolean[] {
  const week = new Array<boolean>(weekMinutes).fill(hours.length === 0);
  for (const { day, startMinute, minutes } of hours) {
    for (const each of day === null ? weekdays : [day]) {
      const start = pointOf(each, startMinute);
      for (let minute = 0; minute < Math.min(minutes, weekMinutes); minute += 1)
        week[(start + minute) % weekMinutes] = true;
    }
  }
  return week;
}

/** Returns the starts and ends of windows in a cycle; empty if it is always on. */
function windowsOf(circle: readonly boolean[]): [number, number][] {
  const size = circle.length;
  const windows: [number, number][] = [];
  for (let start = 0; start < size; start += 1) {
    if (!circle[start] || circle[(start + size - 1) % size]) continue;
    let end = start;
    while (circle[end % size]) end += 1;
    windows.push([start, end % size]);
  }
  return windows;
}

function clock(start: number, end: number) {
  return { start: timeOf(start), end: timeOf(end) };
}

function timeOf(minute: number): string {
  const ofDay = minute % dayMinutes;
  return [Math.floor(ofDay / 60), ofDay % 60].map((part) => `${part}`.padStart(2, "0")).join(":");
}

function dayOf(minute: number): Weekday {
  return weekdays[Math.floor(minute / dayMinutes)] ?? "monday";
}
