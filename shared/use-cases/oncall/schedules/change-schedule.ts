import type { Schedule, SchedulePlan } from "../../../domain/oncall/schedule.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { findSchedule } from "./find-schedule.ts";
import type { ScheduleDeps } from "./schedule-deps.ts";

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
    const next: Schedule = { ...schedule, ...change(schedule), inForceFrom: at, updatedAt: at };
    return deps.schedules.supersede({ ...schedule, inForceUntil: at }, next);
  });
}
