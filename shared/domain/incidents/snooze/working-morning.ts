import { dayMs } from "../../time-units.ts";
import { firstInstantOf, startOfDay, timeOfDayMs, wallClockAt, weekdayOf } from "../../wall-clock.ts";

const morning = timeOfDayMs("09:00");

/** Returns the next 09:00 of a Monday to Friday in a zone, later than `now`, in epoch milliseconds. */
export function nextWorkingMorning(now: number, timezone: string): number {
  for (let day = startOfDay(wallClockAt(now, timezone)); ; day += dayMs) {
    const at = firstInstantOf(day + morning, timezone);
    const weekday = weekdayOf(day);
    if (at > now && weekday !== "saturday" && weekday !== "sunday") return at;
  }
}
