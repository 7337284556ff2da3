import { endedAt, isInForce } from "../../../domain/oncall/override.ts";
import type { Override } from "../../../domain/oncall/schedule.ts";
import type { ScheduleStore } from "../../ports/oncall.ts";
import { loadSchedule } from "../read-on-call.ts";
import { endStored } from "./end-stored-override.ts";

/** Ends a team's active overrides. @throws NotFound if the team has no schedule */
export async function endOverridesInForce(
  deps: { readonly schedules: ScheduleStore },
  team: string,
  now: number,
): Promise<Override[]> {
  const { history } = await loadSchedule(deps, team, now);
  const inForce = history.overrides.filter((override) => isInForce(override, now));
  const ended: Override[] = [];
  // Skips overrides that someone else has ended in the meantime.
  for (const each of inForce) ended.push((await endStored(deps, each.id, now)) ?? endedAt(each, now));
  return ended;
}
