/** Labels of schedules. */
import type { Restriction } from "../../../domain/oncall/restriction.ts";
import type { Rotation } from "../../../domain/oncall/rotation.ts";
import type { Layer, SchedulePlan } from "../../../domain/oncall/schedule.ts";
import { wallClock, weekdayOf } from "../../../domain/wall-clock.ts";
import { capitalize } from "../../components/capitalize.ts";
import { isolate } from "../../components/isolate.ts";

/** Describes a plan, one line per setting. */
export function planLines({ timezone, layers, handoffNotices }: SchedulePlan): string[] {
  return [
    `Times in ${timezone}`,
    handoffNotices ? "Email at each handoff" : "No email at handoffs",
    ...layers.map(layerLine),
  ];
}

function layerLine({ name, role, rotation, members, restrictions }: Layer): string {
  const people = members.map((member) => isolate(member.name)).join(", ");
  const hours =
    restrictions.length === 0 ? "" : `, active ${restrictions.map(restrictionText).join(" and ")}`;
  return `${isolate(name)} (${role}): ${rotationText(rotation)}, since ${rotation.startsOn}${hours}: ${people}`;
}

const adverbs = { hour: "hourly", day: "daily", week: "weekly", month: "monthly" } as const;

/** `weekly, handoff Mondays at 09:00` */
export function rotationText({ unit, length, handoffTime, startsOn }: Rotation): string {
  const often = length === 1 ? adverbs[unit] : `every ${length} ${unit}s`;
  const day = unit === "week" ? `${capitalize(weekdayOf(wallClock(`${startsOn}T00:00`)))}s ` : "";
  return `${often}, handoff ${day}${unit === "hour" ? "from" : "at"} ${handoffTime}`;
}

/** `22:00–07:00`, `Friday 18:00 to Monday 08:00` */
export function restrictionText(restriction: Restriction): string {
  const { start, end } = restriction;
  return restriction.type === "daily"
    ? `${start}–${end}`
    : `${capitalize(restriction.startDay)} ${start} to ${capitalize(restriction.endDay)} ${end}`;
}
