import type { ScheduleStore } from "../ports/oncall.ts";

export type ScheduleLoader = Pick<ScheduleStore, "load">;

/** Returns a loader that reads each team once, for the steps of one decision. */
export function loadOnce(schedules: ScheduleLoader): ScheduleLoader {
  const loaded = new Map<string, ReturnType<ScheduleLoader["load"]>>();
  return {
    load(team, from) {
      const key = `${from} ${team}`;
      const loading = loaded.get(key) ?? schedules.load(team, from);
      loaded.set(key, loading);
      return loading;
    },
  };
}
