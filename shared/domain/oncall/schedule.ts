import type { Person } from "../incidents/incident.ts";
import { latestHandoffDate, type Weekday } from "../wall-clock.ts";
import type { Restriction } from "./restriction.ts";
import type { Rotation } from "./rotation.ts";

export const onCallRoles = ["primary", "secondary"] as const;
export type OnCallRole = (typeof onCallRoles)[number];

export const rotationTypes = ["daily", "weekly", "biweekly", "custom"] as const;
export type RotationType = (typeof rotationTypes)[number];

/** People who take turns in one role. */
export interface Layer {
  readonly name: string;
  readonly role: OnCallRole;
  readonly rotation: Rotation;
  readonly members: readonly Person[];
  /** Local hours in which it is on duty; none: always. */
  readonly restrictions: readonly Restriction[];
}

/** What a team says about who is on call; of several layers of a role, the later one that has somebody wins. */
export interface SchedulePlan {
  readonly timezone: string;
  readonly rotationType: RotationType;
  readonly layers: readonly Layer[];
  /** Whether those who leave and come are told at each handoff, with what is open. */
  readonly handoffNotices: boolean;
}

/** A plan in force. Times are epoch milliseconds. */
export interface Schedule extends SchedulePlan {
  /** `sch_` and a ULID. */
  readonly id: string;
  readonly team: string;
  /** Since when it holds; null for a team's first, which holds from its rotations' start, however long ago. */
  readonly inForceFrom: number | null;
  /** Until when it held; null for the present one. */
  readonly inForceUntil: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Whoever has it may read the calendar feed, without a key. */
  readonly calendarToken: string;
  readonly version: number;
}

/** Somebody takes over for a while; the last created wins. Times are epoch milliseconds. */
export interface Override {
  /** `ovr_` and a ULID. */
  readonly id: string;
  readonly team: string;
  readonly role: OnCallRole;
  readonly person: Person;
  /** E-mail of whom it replaces: it acts only while that person would be on call. */
  readonly replaces: string | null;
  readonly reason: string | null;
  readonly start: number;
  readonly end: number;
  readonly createdAt: number;
}

/** Orders overrides by their ids, which begin with the time: of two, the last created wins. */
export function byCreation(one: Override, other: Override): number {
  return one.id < other.id ? -1 : 1;
}

/** The short way to describe a rota: everybody takes equal turns, primaries and secondaries each in theirs. */
export interface SimpleRota {
  readonly timezone: string;
  readonly rotationType: Exclude<RotationType, "custom">;
  readonly members: readonly (Person & { readonly role: OnCallRole })[];
  readonly handoffTime: string;
  readonly handoffDay: Weekday;
  readonly startsOn: string | null;
  readonly handoffNotices: boolean;
}

/** The plan that a simple rota stands for; without a start it begins at the latest handoff before now. */
export function planOfSimpleRota(rota: SimpleRota, now: number): SchedulePlan {
  const daily = rota.rotationType === "daily";
  const handoff = { time: rota.handoffTime, day: daily ? null : rota.handoffDay };
  const rotation: Rotation = {
    unit: daily ? "day" : "week",
    length: rota.rotationType === "biweekly" ? 2 : 1,
    handoffTime: rota.handoffTime,
    startsOn: rota.startsOn ?? latestHandoffDate(handoff, rota.timezone, now),
  };
  const layers = onCallRoles.flatMap((role) => {
    const members = rota.members
      .filter((member) => member.role === role)
      .map(({ name, email }) => ({ name, email }));
    return members.length === 0 ? [] : [{ name: role, role, rotation, members, restrictions: [] }];
  });
  const { timezone, rotationType, handoffNotices } = rota;
  return { timezone, rotationType, layers, handoffNotices };
}
