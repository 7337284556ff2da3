/** A schedule in words, line by line. */
import type { Restriction } from "../domain/restriction.ts";
import type { Rotation } from "../domain/rotation.ts";
import type { Layer, SchedulePlan } from "../domain/schedule.ts";
import { wallClock, weekdayOf } from "../domain/wall-clock.ts";
import { apart } from "./answer-words.ts";

/** What a plan says, a line for each thing that can be changed by itself. */
export function planWords({ timezone, layers, handoffNotices }: SchedulePlan): string[] {
  return [
    `Times in ${timezone}`,
    handoffNotices ? "Mail at each handoff" : "No mail at handoffs",
    ...layers.map(layerWords),
  ];
}

function layerWords({ name, role, rotation, members, restrictions }: Layer): string {
  const people = members.map((member) => apart(member.name)).join(", ");
  const hours = restrictions.length === 0 ? "" : `, on duty ${restrictions.map(hoursWords).join(" and ")}`;
  return `${apart(name)} (${role}): ${rotationWords(rotation)}${hours}: ${people}`;
}

/** `every week, monday 09:00, since 2026-11-23` */
export function rotationWords({ unit, length, handoffTime, startsOn }: Rotation): string {
  const turn = length === 1 ? `every ${unit}` : `every ${length} ${unit}s`;
  const day = unit === "week" ? `${weekdayOf(wallClock(`${startsOn}T00:00`))} ` : "";
  return `${turn}, ${day}${handoffTime}, since ${startsOn}`;
}

function hoursWords(hours: Restriction): string {
  return hours.type === "daily"
    ? `${hours.start}–${hours.end}`
    : `${hours.startDay} ${hours.start} – ${hours.endDay} ${hours.end}`;
}
