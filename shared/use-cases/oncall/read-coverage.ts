import { type Coverage, gapsOfPolicy, gapsOfRole } from "../../domain/oncall/coverage.ts";
import {
  type DeactivatedMember,
  deactivatedMembers,
  emailsOfTeam,
} from "../../domain/oncall/deactivated-members.ts";
import type { Schedule } from "../../domain/oncall/schedule.ts";
import { dayMs } from "../../domain/time-units.ts";
import type { ScheduleStore } from "../ports/oncall.ts";
import { type FindDeactivatedDeps, findDeactivated } from "./find-deactivated.ts";
import { loadSchedule } from "./read-on-call.ts";

/** Days that are checked for gaps. */
const coverageDays = 30;

/** A team's coverage, and the deactivated people who are part of it. */
export interface TeamCoverage extends Coverage {
  readonly plan: Schedule;
  readonly deactivated: readonly DeactivatedMember[];
}

/** Finds the gaps of a team's coverage in the next 30 days. @throws NotFound if the team has no schedule */
export async function readCoverage(
  deps: FindDeactivatedDeps & { readonly schedules: ScheduleStore },
  team: string,
  from: number,
): Promise<TeamCoverage> {
  const { history, policy, schedule } = await loadSchedule(deps, team, from);
  const to = from + coverageDays * dayMs;
  const deactivated = await findDeactivated(deps, emailsOfTeam(history, policy));
  return {
    team,
    plan: schedule,
    deactivated: deactivatedMembers(history, policy, deactivated, from, to),
    from,
    to,
    gaps: gapsOfPolicy(history, policy, from, to),
    byRole: {
      primary: gapsOfRole(history, "primary", from, to),
      secondary: gapsOfRole(history, "secondary", from, to),
    },
  };
}
