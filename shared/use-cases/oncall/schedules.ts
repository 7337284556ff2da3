import { AlreadyExists } from "../../domain/errors.ts";
import { idPrefixes } from "../../domain/ids.ts";
import type { Schedule, SchedulePlan } from "../../domain/oncall/schedule.ts";
import type { ScheduleStore } from "../ports/oncall.ts";
import type { MakeSecret, Ulid } from "../ports/system.ts";
import { required } from "../required.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { loadSchedule } from "./read-on-call.ts";

interface ScheduleDeps {
  readonly schedules: ScheduleStore;
  readonly ulid: Ulid;
  readonly makeSecret: MakeSecret;
}

/** @throws AlreadyExists if the team has a schedule */
export async function createSchedule(
  deps: ScheduleDeps,
  team: string,
  plan: SchedulePlan,
  now: number,
): Promise<Schedule> {
  const schedule: Schedule = {
    ...plan,
    id: idPrefixes.schedule + deps.ulid(now),
    team,
    inForceFrom: null,
    inForceUntil: null,
    createdAt: now,
    updatedAt: now,
    calendarToken: deps.makeSecret(),
    version: 0,
  };
  try {
    await deps.schedules.create(schedule);
  } catch (error) {
    const theirs = error instanceof AlreadyExists ? await deps.schedules.load(team, now) : undefined;
    if (theirs?.schedule?.id === schedule.id) return theirs.schedule;
    throw error;
  }
  return schedule;
}

/**
 * Changes a team's schedule from now on. Past shifts stay unchanged.
 *
 * @throws NotFound if the team has none
 */
export async function changeSchedule(
  deps: Pick<ScheduleDeps, "schedules">,
  team: string,
  change: (schedule: Schedule) => SchedulePlan,
  now: number,
): Promise<Schedule> {
  return retryOnConflict(async () => {
    const schedule = await findSchedule(deps, team, now);
    // Clocks of two machines may differ, but versions must not overlap.
    const at = Math.max(now, schedule.inForceFrom ?? now);
    const next: Schedule = {
      ...schedule,
      ...change(schedule),
      inForceFrom: at,
      updatedAt: at,
      version: schedule.version + 1,
    };
    await deps.schedules.supersede({ ...schedule, inForceUntil: at }, next);
    return next;
  });
}

/**
 * Replaces the calendar token of a team. The old URL stops working immediately.
 *
 * @throws NotFound if the team has no schedule
 */
export async function rotateCalendarToken(
  deps: Pick<ScheduleDeps, "schedules" | "makeSecret">,
  team: string,
  now: number,
): Promise<Schedule> {
  return retryOnConflict(async () => {
    const schedule = await findSchedule(deps, team, now);
    return deps.schedules.saveCalendarToken({ ...schedule, calendarToken: deps.makeSecret() });
  });
}

/**
 * Returns a team's current schedule.
 *
 * @throws NotFound if the team has none
 */
export async function findSchedule(
  deps: Pick<ScheduleDeps, "schedules">,
  team: string,
  now: number,
): Promise<Schedule> {
  return required((await deps.schedules.load(team, now))?.schedule ?? undefined, "schedule of team", team);
}

/**
 * Deletes a team's schedule. Its overrides end first, so that they do not affect a later schedule. If it
 * fails partway, repeating the request continues with the remaining overrides.
 *
 * @throws NotFound if the team has none
 */
export async function deleteSchedule(
  deps: Pick<ScheduleDeps, "schedules">,
  team: string,
  now: number,
): Promise<Schedule> {
  return retryOnConflict(async () => {
    const { schedule, history } = await loadSchedule(deps, team, now);
    await deps.schedules.endOverrides(history.overrides, now);
    await deps.schedules.remove(schedule);
    return schedule;
  });
}
