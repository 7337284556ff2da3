import type { Schedule } from "../../../domain/oncall/schedule.ts";
import { required } from "../../required.ts";
import type { ScheduleDeps } from "./schedule-deps.ts";

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
