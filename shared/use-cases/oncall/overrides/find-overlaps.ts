import { overlaps } from "../../../domain/oncall/override.ts";
import type { Override } from "../../../domain/oncall/schedule.ts";
import type { ScheduleStore } from "../../ports/oncall.ts";
import { loadSchedule } from "../read-on-call.ts";

/** Returns overrides of the same role that overlap a new one. @throws NotFound if the team has no schedule */
export async function findOverlaps(
  deps: { readonly schedules: ScheduleStore },
  { team, role, start, end }: Pick<Override, "team" | "role" | "start" | "end">,
  now: number,
): Promise<Override[]> {
  const { history } = await loadSchedule(deps, team, Math.min(start, now));
  return history.overrides.filter((other) => other.role === role && overlaps(other, { start, end }));
}
