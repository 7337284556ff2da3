import type { Schedule } from "../../../domain/oncall/schedule.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { loadSchedule } from "../read-on-call.ts";
import type { ScheduleDeps } from "./schedule-deps.ts";

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
