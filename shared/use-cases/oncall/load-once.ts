import type { ScheduleStore } from "../ports/oncall.ts";
import { readOnce } from "../read-once.ts";

export type ScheduleLoader = Pick<ScheduleStore, "load">;

/** Returns a loader that reads each team once, for the steps of one decision. */
export function loadOnce(schedules: ScheduleLoader): ScheduleLoader {
  return { load: readOnce((team, from) => schedules.load(team, from)) };
}
