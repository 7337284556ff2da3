/** Converts a rotation of another system to a layer, or explains why it cannot be converted. */
import { limits } from "../../shared/domain/limits.ts";
import type { Rotation, RotationUnit } from "../../shared/domain/oncall/rotation.ts";
import { shiftAt, startOfRotation } from "../../shared/domain/oncall/rotation.ts";
import { formatDate, type WallClock, wallClockAt } from "../../shared/domain/wall-clock.ts";
import { type Hours, meet, restrictionsOf } from "./hours.ts";
import { type ImportedLayer, type ImportWarning, Unsupported } from "./imported.ts";

export interface Member {
  readonly name: string;
  readonly email: string;
}

export interface RotationDraft {
  /** Name in the report: `schedule "Payments", layer "Nights"`. */
  readonly what: string;
  readonly name: string;
  readonly timezone: string;
  readonly members: readonly Member[];
  readonly unit: RotationUnit;
  readonly length: number;
  /** Local time at which a shift of the first member starts. */
  readonly anchor: WallClock;
  /** Start of validity in epoch milliseconds. */
  readonly from: number;
  /** Empty for always. */
  readonly hours: readonly Hours[];
}

/** @throws Unsupported with an alternative */
export function layerOf(draft: RotationDraft, now: number): ImportedLayer {
  const { what, name, unit, length, anchor, hours } = draft;
  if (anchor % 60_000 !== 0)
    throw new Unsupported(what, "has a handoff time with seconds", "Use a handoff time in whole minutes.");
  if (!Number.isInteger(length) || length < 1 || length > limits.rotationLength)
    throw new Unsupported(
      what,
      `has shifts of ${length} ${unit}s`,
      `Use shifts of 1 to ${limits.rotationLength} ${unit}s.`,
    );
  const restrictions = restrictionsOf(hours);
  if (restrictions.length > limits.restrictionsPerLayer)
    throw new Unsupported(
      what,
      `has ${restrictions.length} windows a week`,
      `Split it into layers of at most ${limits.restrictionsPerLayer}.`,
    );
  const local = new Date(anchor).toISOString();
  const rotation = { unit, length, handoffTime: local.slice(11, 16), startsOn: local.slice(0, 10) };
  const { members, startsOn, handoffTime } = startedAt(draft, rotation, now);
  for (const [index, { email }] of members.entries()) {
    if (members.findIndex((other) => other.email === email) === index) continue;
    throw new Unsupported(
      what,
      `${email} has several shifts in a rotation cycle`,
      "Give each user one shift per rotation cycle.",
    );
  }
  return {
    layer: {
      name,
      rotation: { unit, length, handoff_time: handoffTime, starts_on: startsOn },
      members: [...members],
      restrictions,
    },
    hours,
  };
}

/** Starts the rotation at its start of validity, with the member on call then. */
function startedAt({ what, members, timezone, from }: RotationDraft, rotation: Rotation, now: number) {
  const { startsOn, handoffTime } = rotation;
  const begin = { members, startsOn, handoffTime };
  if (from <= startOfRotation(rotation, timezone)) return begin;
  const shift = shiftAt(rotation, timezone, from);
  if (shift?.start !== from) {
    // The time before it is past.
    if (from <= now) return begin;
    throw new Unsupported(what, "becomes active in the middle of a shift", "Import again once it is active.");
  }
  const first = shift.number % members.length;
  const local = wallClockAt(from, timezone);
  return {
    members: [...members.slice(first), ...members.slice(0, first)],
    startsOn: formatDate(local),
    handoffTime: new Date(local).toISOString().slice(11, 16),
  };
}

/**
 * Returns true if the rotation has ended. @throws Unsupported if it ends later, because layers have no end
 */
export function isOver(what: string, end: number | undefined, now: number): boolean {
  if (end === undefined) return false;
  if (end <= now) return true;
  const at = new Date(end).toISOString();
  throw new Unsupported(what, `ends at ${at}`, "Remove its end, or import again after it.");
}

/**
 * Splits layers that are on duty together into two role slots. Layers that never overlap share one.
 *
 * @throws Unsupported if more than two people would be on call at once
 */
export function sideBySide(what: string, layers: readonly ImportedLayer[]): ImportedLayer[][] {
  const roleSlots: ImportedLayer[][] = [];
  for (const layer of layers) {
    const slot = roleSlots.find((others) => others.every((other) => !meet(other.hours, layer.hours)));
    if (slot) slot.push(layer);
    else roleSlots.push([layer]);
  }
  if (roleSlots.length > 2)
    throw new Unsupported(
      what,
      `has ${roleSlots.length} people on call at once; a team has only a primary and a secondary`,
      "Split it into schedules with separate policies.",
    );
  return roleSlots;
}

/** The documentation does not define hourly rotations across clock changes. */
export function hourlyWarning({
  what,
  unit,
  timezone,
}: Pick<RotationDraft, "what" | "unit" | "timezone">): ImportWarning[] {
  if (unit !== "hour" || timezone === "UTC") return [];
  return [
    {
      kind: "changed",
      what,
      why: "hourly rotations follow local time on this platform",
      instead: "Check its handoffs around the next clock change.",
    },
  ];
}
