import { limits } from "../../domain/limits.ts";
import type { Metrics } from "../../domain/metrics.ts";
import {
  type OnCall,
  onCallAt,
  onCallBetween,
  type ScheduleHistory,
  shiftAround,
} from "../../domain/oncall/on-call.ts";
import {
  byCreation,
  type OnCallRole,
  type Override,
  onCallRoles,
  type Schedule,
  type SchedulePlan,
} from "../../domain/oncall/schedule.ts";
import { dayMs } from "../../domain/time-units.ts";
import type { ScheduleStore, TeamSchedule } from "../ports/oncall.ts";
import { required } from "../required.ts";

interface CurrentOnCall {
  readonly schedule: Schedule;
  readonly at: number;
  readonly roles: Readonly<Record<OnCallRole, OnCall>>;
  /** The override that made the primary on call, if any. */
  readonly override: Override | undefined;
}

/** Longer than most shifts, so that one read usually includes earlier overrides of the current shift. */
const usualShiftMs = 35 * dayMs;
const longestShiftMs = limits.shiftsDays * dayMs;

/** Number of earlier schedules and overrides that are read. The latest of them limits the shift. */
const earlierItems = 50;

/**
 * Reads who is on call for a team at a time, with the primary's whole shift. Takes one query, or two if the
 * schedule changed recently. A shift of more than 35 days, such as in a layer with one member, takes two more
 * small queries.
 *
 * @throws NotFound if the team has no schedule
 */
export async function readOnCall(
  deps: { readonly schedules: ScheduleStore; readonly metrics: Metrics },
  team: string,
  at: number,
): Promise<CurrentOnCall> {
  const { schedule: inForce, history } = await loadSchedule(deps, team, at - usualShiftMs);
  let primary = shiftAround(history, "primary", at);
  if (primary.start <= at - usualShiftMs)
    primary = shiftAround(await withEarlier(deps, inForce, history, at), "primary", at);
  const schedule = {
    ...inForce,
    ...history.schedules.findLast(({ inForceFrom }) => (inForceFrom ?? -Infinity) <= at),
  };
  deps.metrics.count("oncall_lookups_total", { team });
  const roles = { primary, secondary: onCallAt(history, "secondary", at) };
  return { schedule, at, roles, override: history.overrides.find(({ id }) => id === primary.by) };
}

async function withEarlier(
  { schedules }: { readonly schedules: ScheduleStore },
  { id, team }: Schedule,
  history: ScheduleHistory,
  at: number,
): Promise<ScheduleHistory> {
  const range = { from: at - longestShiftMs, before: at - usualShiftMs, most: earlierItems };
  const { overrides, ...earlier } = await schedules.loadEarlier(team, range);
  const own = earlier.schedules.filter((schedule) => schedule.id === id);
  return {
    schedules: [...own, ...history.schedules],
    overrides: [...overrides, ...history.overrides].toSorted(byCreation),
  };
}

interface RoleShift extends OnCall {
  readonly role: OnCallRole;
}

/**
 * Returns the shifts in [from, to) by role, without intervals that have no one on call.
 *
 * @throws NotFound if the team has no schedule
 */
export async function readShifts(
  deps: { readonly schedules: ScheduleStore },
  team: string,
  from: number,
  to: number,
): Promise<RoleShift[]> {
  return shiftsOf((await loadSchedule(deps, team, from)).history, from, to);
}

/** Returns the shifts of a plan as if it were in effect. */
export function shiftsOfPlan(plan: SchedulePlan, from: number, to: number): RoleShift[] {
  return shiftsOf({ schedules: [{ ...plan, inForceFrom: null }], overrides: [] }, from, to);
}

function shiftsOf(history: ScheduleHistory, from: number, to: number): RoleShift[] {
  return onCallRoles.flatMap((role) =>
    onCallBetween(history, role, from, to)
      .filter(({ person }) => person !== null)
      .map((stretch) => ({ ...stretch, role })),
  );
}

/** @throws NotFound if the team has no schedule */
export async function loadSchedule(
  { schedules }: { readonly schedules: ScheduleStore },
  team: string,
  from: number,
): Promise<TeamSchedule & { readonly schedule: Schedule }> {
  const loaded = await schedules.load(team, from);
  return {
    ...required(loaded, "team", team),
    schedule: required(loaded?.schedule ?? undefined, "team", team),
  };
}
