/** Layers in words. */
import type { Restriction } from "../domain/restriction.ts";
import type { Layer } from "../domain/schedule.ts";
import { wallClock, weekdayOf } from "../domain/wall-clock.ts";

const adverbs = { hour: "hourly", day: "daily", week: "weekly", month: "monthly" } as const;

/** `weekly, monday 09:00` */
export function rotationWords({ rotation: { unit, length, handoffTime, startsOn } }: Layer): string {
  const often = length === 1 ? adverbs[unit] : `every ${length} ${unit}s`;
  const day = unit === "week" ? `${capitalised(weekdayOf(wallClock(`${startsOn}T00:00`)))}s ` : "";
  return `${often}, handover ${day}${unit === "hour" ? "from " : "at "}${handoffTime}`;
}

/** `22:00–07:00` */
export function restrictionWords(restriction: Restriction): string {
  const { start, end } = restriction;
  return restriction.type === "daily"
    ? `${start}–${end}`
    : `${capitalised(restriction.startDay)} ${start} to ${capitalised(restriction.endDay)} ${end}`;
}

function capitalised(word: string): string {
  return word.slice(0, 1).toUpperCase() + word.slice(1);
}
