import {
  type Coverage,
  gapsOfPolicy,
  gapsOfRole,
  type Handoff,
  handoffsBetween,
} from "../../domain/oncall/coverage.ts";
import type { Schedule } from "../../domain/oncall/schedule.ts";
import type { ScheduleStore } from "../ports/oncall.ts";
import { loadSchedule } from "./read-on-call.ts";

const dayMs = 86_400_000;
/** Days that are checked for gaps. */
const coverageDays = 30;

interface CoverageDeps {
  readonly schedules: ScheduleStore;
}

/** @throws NotFound if the team has no schedule */
export async function readCoverage(
  deps: CoverageDeps,
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

/** @throws NotFound if the team has no schedule */
export async function readHandoffs(
  deps: CoverageDeps,
  team: string,
  from: number,
  weeks: number,
): Promise<{ timezone: string; handoffs: readonly Handoff[] }> {
  const { history, schedule } = await loadSchedule(deps, team, from);
  const { timezone } = schedule;
  return { timezone, handoffs: handoffsBetween(history, timezone, from, from + weeks * 7 * dayMs) };
}
