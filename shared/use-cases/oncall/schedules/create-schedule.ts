import { AlreadyExists } from "../../../domain/errors.ts";
import { idPrefixes } from "../../../domain/ids.ts";
import type { Schedule, SchedulePlan } from "../../../domain/oncall/schedule.ts";
import type { Authorize } from "../../ports/access.ts";
import type { ScheduleDeps } from "./schedule-deps.ts";

/** @throws AlreadyExists if the team has a schedule */
export async function createSchedule(
  deps: ScheduleDeps & { readonly authorize: Authorize },
  team: string,
  plan: SchedulePlan,
  now: number,
): Promise<Schedule> {
  await deps.authorize({ team });
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
