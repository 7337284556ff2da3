/** Weekly hours as people choose them, by days and times, and as the windows of the API. */
import type { Restriction } from "../../../domain/oncall/restriction.ts";
import { type Weekday, weekdays } from "../../../domain/wall-clock.ts";

/** Hours that start on some days of the week. An end that is not after the start is on the next day. */
interface HoursOnDays {
  readonly type: "days";
  readonly days: readonly Weekday[];
  readonly start: string;
  readonly end: string;
}

/** Windows of equal hours as one entry, the others by themselves. */
type GroupedHours = HoursOnDays | Extract<Restriction, { type: "weekly" }>;

type WindowInput =
  | { readonly type: "daily"; readonly start: string; readonly end: string }
  | {
      readonly type: "weekly";
      readonly start_day: Weekday;
      readonly start: string;
      readonly end_day: Weekday;
      readonly end: string;
    };

/** Returns the windows of the same hours on several days, in the format of requests. */
export function windowsOn(days: readonly Weekday[], start: string, end: string): WindowInput[] {
  if (days.length === weekdays.length) return [{ type: "daily", start, end }];
  return days.map((day) => ({
    type: "weekly",
    start_day: day,
    start,
    end_day: end > start ? day : dayAfter(day),
    end,
  }));
}

/** Groups windows by their hours, in the order of their first day in the list. */
export function groupHours(hours: readonly Restriction[]): GroupedHours[] {
  const groups = new Map<string, { days: Weekday[]; start: string; end: string }>();
  const rows: GroupedHours[] = [];
  for (const window of hours) {
    const { start, end } = window;
    if (window.type === "daily") {
      rows.push({ type: "days", days: weekdays, start, end });
    } else if (window.endDay === (end > start ? window.startDay : dayAfter(window.startDay))) {
      const known = groups.get(`${start} ${end}`);
      const group = known ?? { days: [], start, end };
      group.days.push(window.startDay);
      if (known) continue;
      groups.set(`${start} ${end}`, group);
      rows.push({ type: "days", ...group });
    } else {
      rows.push(window);
    }
  }
  return rows;
}

function dayAfter(day: Weekday): Weekday {
  return weekdays[(weekdays.indexOf(day) + 1) % weekdays.length] ?? day;
}
