import type { Person } from "./incident.ts";
import { latestHandoffDate, type Rotation, type Shift, shiftAt, type Weekday } from "./rotation.ts";

export const onCallRoles = ["primary", "secondary"] as const;
export type OnCallRole = (typeof onCallRoles)[number];

export const rotationTypes = ["daily", "weekly", "biweekly"] as const;
export type RotationType = (typeof rotationTypes)[number];

/** People who take turns in one role. */
export interface Layer {
  readonly name: string;
  readonly role: OnCallRole;
  readonly rotation: Rotation;
  readonly members: readonly Person[];
}

/** A team's rota; of several layers of a role, the later one that has somebody wins. */
export interface Schedule {
  /** `sch_` and a ULID. */
  readonly id: string;
  readonly team: string;
  readonly timezone: string;
  readonly rotationType: RotationType;
  readonly layers: readonly Layer[];
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly version: number;
}

export interface OnCall {
  readonly person: Person;
  readonly shift: Shift;
  readonly layer: string;
}

/** Who is on call in a role at an instant; undefined for nobody. */
export function onCallAt(schedule: Schedule, role: OnCallRole, at: number): OnCall | undefined {
  return inLayers(schedule, role, at, 0) ?? (role === "secondary" ? nextPrimary(schedule, at) : undefined);
}

/** Without a secondary of their own, a team's secondary is whoever is primary next. */
function nextPrimary(schedule: Schedule, at: number): OnCall | undefined {
  if (schedule.layers.some((layer) => layer.role === "secondary")) return undefined;
  return inLayers(schedule, "primary", at, 1);
}

function inLayers(schedule: Schedule, role: OnCallRole, at: number, ahead: number): OnCall | undefined {
  for (const layer of schedule.layers.toReversed()) {
    if (layer.role !== role) continue;
    const shift = shiftAt(layer.rotation, schedule.timezone, at);
    const person = shift && layer.members[(shift.number + ahead) % layer.members.length];
    if (shift && person) return { person, shift, layer: layer.name };
  }
  return undefined;
}

/** The short way to describe a rota: everybody takes equal turns, primaries and secondaries each in theirs. */
export interface SimpleRota {
  readonly team: string;
  readonly timezone: string;
  readonly rotationType: RotationType;
  readonly members: readonly (Person & { readonly role: OnCallRole })[];
  readonly handoffTime: string;
  readonly handoffDay: Weekday;
  readonly startsOn: string | null;
}

/** The layers that a simple rota stands for; without a start it begins at the latest handoff before now. */
export function layersOfSimpleRota(rota: SimpleRota, now: number): Layer[] {
  const daily = rota.rotationType === "daily";
  const handoff = { time: rota.handoffTime, day: daily ? null : rota.handoffDay };
  const rotation: Rotation = {
    unit: daily ? "day" : "week",
    length: rota.rotationType === "biweekly" ? 2 : 1,
    handoffTime: rota.handoffTime,
    startsOn: rota.startsOn ?? latestHandoffDate(handoff, rota.timezone, now),
  };
  return onCallRoles.flatMap((role) => {
    const members = rota.members
      .filter((member) => member.role === role)
      .map(({ name, email }) => ({ name, email }));
    return members.length === 0 ? [] : [{ name: role, role, rotation, members }];
  });
}
