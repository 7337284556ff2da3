import type { Person } from "../person.ts";
import { latestHandoffDate, type Weekday } from "../wall-clock.ts";
import type { Restriction } from "./restriction.ts";
import type { Rotation } from "./rotation.ts";

export const onCallRoles = ["primary", "secondary"] as const;
export type OnCallRole = (typeof onCallRoles)[number];

export const rotationTypes = ["daily", "weekly", "biweekly", "custom"] as const;
export type RotationType = (typeof rotationTypes)[number];

/** A rotation of people in one role. */
export interface Layer {
  readonly name: string;
  readonly role: OnCallRole;
  readonly rotation: Rotation;
  readonly members: readonly Person[];
  /** Local hours in which the layer is on duty; empty for always. */
  readonly restrictions: readonly Restriction[];
}

/** A team's on-call configuration. Of several layers of a role, the last one with someone on duty wins. */
export interface SchedulePlan {
  readonly timezone: string;
  readonly rotationType: RotationType;
  readonly layers: readonly Layer[];
  /** True if both people are emailed at each handoff, with the open incidents. */
  readonly handoffNotices: boolean;
}

/** A plan and its period of validity. Times are epoch milliseconds. */
export interface Schedule extends SchedulePlan {
  /** `sch_` and a ULID. */
  readonly id: string;
  readonly team: string;
  /** Start of validity; null for a team's first schedule, which is valid from the start of its rotations. */
  readonly inForceFrom: number | null;
  /** End of validity; null for the current schedule. */
  readonly inForceUntil: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  /** Secret of the calendar feed. Anyone who has it can read the feed without an API key. */
  readonly calendarToken: string;
  readonly version: number;
}

/** A temporary replacement. The most recently created override wins. Times are epoch milliseconds. */
export interface Override {
  /** `ovr_` and a ULID. */
  readonly id: string;
  readonly team: string;
  readonly role: OnCallRole;
  readonly person: Person;
  /** Email of the replaced person: the override applies only while that person would be on call. */
  readonly replaces: string | null;
  readonly reason: string | null;
  readonly start: number;
  readonly end: number;
  readonly createdAt: number;
}

/** Compares overrides by ID, which starts with the creation time. Of two, the later one wins. */
export function byCreation(one: Override, other: Override): number {
  return one.id < other.id ? -1 : 1;
}

/** Short form of a schedule: equal turns, with separate rotations for primaries and secondaries. */
export interface SimpleSchedule {
  readonly timezone: string;
  readonly rotationType: Exclude<RotationType, "custom">;
  readonly members: readonly (Person & { readonly role: OnCallRole })[];
  readonly handoffTime: string;
  readonly handoffDay: Weekday;
  readonly startsOn: string | null;
  readonly handoffNotices: boolean;
}

/** Converts the short form to a plan. Without a start date, it starts at the latest handoff before now. */
export function planOfSimpleSchedule(history: SimpleSchedule, now: number): SchedulePlan {
  const daily = history.rotationType === "daily";
  const handoff = { time: history.handoffTime, day: daily ? null : history.handoffDay };
  const rotation: Rotation = {
    unit: daily ? "day" : "week",
    length: history.rotationType === "biweekly" ? 2 : 1,
    handoffTime: history.handoffTime,
    startsOn: history.startsOn ?? latestHandoffDate(handoff, history.timezone, now),
  };
  const layers = onCallRoles.flatMap((role) => {
    const members = history.members
      .filter((member) => member.role === role)
      .map(({ name, email }) => ({ name, email }));
    return members.length === 0 ? [] : [{ name: role, role, rotation, members, restrictions: [] }];
  });
  const { timezone, rotationType, handoffNotices } = history;
  return { timezone, rotationType, layers, handoffNotices };
}
