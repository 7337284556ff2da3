import { Invalid } from "../../../domain/errors.ts";
import type { PageTally, PrimaryShift } from "../../../domain/oncall/load.ts";
import { onCallBetween } from "../../../domain/oncall/on-call.ts";
import { dayMs } from "../../../domain/time-units.ts";
import type { ScheduleStore, TeamSchedule } from "../../ports/oncall.ts";
import { type CountPagesDeps, countPages } from "./count-pages.ts";

export interface ReadLoadDeps extends CountPagesDeps {
  readonly schedules: Pick<ScheduleStore, "listNames" | "load">;
}

/** Pages and shifts of people in a number of UTC days, the last of which is today. */
export interface Load {
  readonly pages: readonly PageTally[];
  readonly shifts: readonly PrimaryShift[];
  /** Teams with a schedule, by name. */
  readonly teams: readonly string[];
  /** True if there are more teams, whose shifts were not read. */
  readonly moreTeams: boolean;
  /** False if pages are left to count, which the next reads do. */
  readonly isComplete: boolean;
}

/** Teams whose shifts are read: one query each. */
const mostTeams = 100;

/** Reads the load of all people. */
export async function readLoad(deps: ReadLoadDeps, days: number, now: number): Promise<Load> {
  const from = Math.floor(now / dayMs) * dayMs - (days - 1) * dayMs;
  const { items, next } = await deps.schedules.listNames({ limit: mostTeams, after: null });
  const teams = items.toSorted((a, b) => a.localeCompare(b));
  const schedules = await Promise.all(teams.map((team) => deps.schedules.load(team, from, { stale: true })));
  const zones = new Map(teams.map((team, index) => [team, schedules[index]?.schedule?.timezone]));
  const { tallies, isComplete } = await countPages(deps, days, {
    now,
    zoneOfTeam: (team) => zones.get(team) ?? "UTC",
  });
  return {
    pages: tallies,
    shifts: teams.flatMap((team, index) => shiftsOf(team, schedules[index], from, now)),
    teams,
    moreTeams: next !== null,
    isComplete,
  };
}

function shiftsOf(
  team: string,
  schedule: TeamSchedule | undefined,
  from: number,
  to: number,
): PrimaryShift[] {
  if (!schedule) return [];
  try {
    return onCallBetween(schedule.history, "primary", from, to).flatMap(({ person, start, end }) =>
      person ? [{ team, person, start, end }] : [],
    );
  } catch (error) {
    // A schedule that changes thousands of times in this period is not worth the time of everyone else's.
    if (error instanceof Invalid) return [];
    throw error;
  }
}
