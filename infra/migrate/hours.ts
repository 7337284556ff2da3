/** Hours of the week in local time: joined where they meet, and told as restrictions of a layer. */
import type * as z from "zod";
import type { layeredPlan } from "../../shared/contracts/oncall/schedules/plan.ts";
import { type Weekday, weekdays } from "../../shared/domain/wall-clock.ts";

type RestrictionInput = NonNullable<z.input<typeof layeredPlan>["layers"][number]["restrictions"]>[number];

/** A window that begins so many minutes after midnight, on one day of the week or on each (null). */
export interface Hours {
  readonly day: Weekday | null;
  readonly startMinute: number;
  readonly minutes: number;
}

const dayMinutes = 1_440;
const weekMinutes = 7 * dayMinutes;

/** None for hours that leave no gap, or for no hours at all: both mean always. */
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

/** Whether two sets of hours have a minute in common. */
export function meet(one: readonly Hours[], other: readonly Hours[]): boolean {
  const others = weekOf(other);
  return weekOf(one).some((on, minute) => on && others[minute]);
}

/** From one time of day to another; no later means over midnight. */
export function hoursBetween(day: Weekday | null, startMinute: number, endMinute: number): Hours {
  return { day, startMinute, minutes: endMinute - startMinute + (endMinute <= startMinute ? dayMinutes : 0) };
}

/** From a day and time of the week to another; no later means a week on. */
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

/** Starts and ends of what is on in a circle; none if all of it is. */
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
