/**
 * Rotation members whose turns always fall outside the layer's restrictions, so that they are never on call.
 */
import type { Person } from "../person.ts";
import { dayMs, hourMs, weekMs } from "../time-units.ts";
import { wallClock } from "../wall-clock.ts";
import { type DutyAt, dutiesOf } from "./restriction.ts";
import type { Layer, SchedulePlan } from "./schedule.ts";

interface IdleMembers {
  /** Name of the layer. */
  readonly layer: string;
  readonly members: readonly Person[];
}

/** Returns the layers in which some members have shifts and others never do. */
export function idleMembers({ layers }: Pick<SchedulePlan, "layers">): IdleMembers[] {
  return layers.flatMap((layer, index) => {
    const above = layers.slice(index + 1).filter(({ role }) => role === layer.role);
    const active = activeMembers(layer, above);
    const members = layer.members.filter(({ email }) => !active.has(email));
    return active.size > 0 && members.length > 0 ? [{ layer: layer.name, members }] : [];
  });
}

const unitMs = { hour: hourMs, day: dayMs };

/** Emails of the members with shifts. Turns are evaluated in local time, in which all weeks are alike. */
function activeMembers(layer: Layer, above: readonly Layer[]): Set<string> {
  const { rotation, members } = layer;
  // A turn of a week or longer covers every hour of the week.
  if (rotation.unit === "week" || rotation.unit === "month")
    return new Set(members.map(({ email }) => email));
  const lengthMs = unitMs[rotation.unit] * rotation.length;
  const first = wallClock(`${rotation.startsOn}T${rotation.handoffTime}`);
  const dutiesOfLayer = ({ restrictions }: Layer) => dutiesOf(restrictions, "UTC");
  const own = dutiesOfLayer(layer);
  const higher = above.map(dutiesOfLayer);
  const hasShift = new Map<number, boolean>();
  const hasShiftAt = (offset: number): boolean => {
    const known = hasShift.get(offset) ?? decides(own, higher, first + offset, first + offset + lengthMs);
    hasShift.set(offset, known);
    return known;
  };
  const active = members.filter((_, turn) => {
    const offsets = new Set<number>();
    for (let number = turn; ; number += members.length) {
      const offset = (number * lengthMs) % weekMs;
      if (offsets.has(offset)) return false;
      offsets.add(offset);
      if (hasShiftAt(offset)) return true;
    }
  });
  return new Set(active.map(({ email }) => email));
}

/**
 * Returns true if the layer decides who is on call during [start, end): it is on duty and no higher layer is.
 */
function decides(own: DutyAt, above: readonly DutyAt[], start: number, end: number): boolean {
  for (let at = start; at < Math.min(end, start + weekMs); ) {
    const duty = own(at);
    const others = above.map((dutyAt) => dutyAt(at));
    if (duty.onDuty && others.every(({ onDuty }) => !onDuty)) return true;
    at = Math.min(duty.end, ...others.map(({ end }) => end));
  }
  return false;
}
