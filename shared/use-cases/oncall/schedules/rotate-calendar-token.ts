import type { Schedule } from "../../../domain/oncall/schedule.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { findSchedule } from "./find-schedule.ts";
import type { ScheduleDeps } from "./schedule-deps.ts";

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
