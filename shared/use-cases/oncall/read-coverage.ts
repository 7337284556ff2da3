import { type Coverage, gapsOfPolicy, gapsOfRole } from "../../domain/oncall/coverage.ts";
import type { Schedule } from "../../domain/oncall/schedule.ts";
import type { ScheduleStore } from "../ports/oncall.ts";
import { loadSchedule } from "./read-on-call.ts";

const dayMs = 86_400_000;
/** Days that are checked for gaps. */
const coverageDays = 30;

/** Finds the gaps of a team's coverage in the next 30 days. @throws NotFound if the team has no schedule */
export async function readCoverage(
  deps: { readonly schedules: ScheduleStore },
  team: string,
  from: number,
): Promise<Coverage & { readonly plan: Schedule }> {
  const { history, policy, schedule } = await loadSchedule(deps, team, from);
  const to = from + coverageDays * dayMs;
  return {
    team,
    plan: schedule,
    from,
    to,
    gaps: gapsOfPolicy(history, policy, from, to),
    byRole: {
      primary: gapsOfRole(history, "primary", from, to),
      secondary: gapsOfRole(history, "secondary", from, to),
    },
  };
}
