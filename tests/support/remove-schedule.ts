import type { ScheduleStore } from "../../shared/use-cases/ports/oncall.ts";
import { monday } from "./builders.ts";

/** Removes a team's schedule in any version. */
export async function removeSchedule(schedules: ScheduleStore, team: string): Promise<void> {
  const schedule = (await schedules.load(team, monday))?.schedule;
  if (!schedule) throw new Error(`${team} has no schedule`);
  await schedules.remove(schedule);
}
