import type { ScheduleLoader } from "./load-once.ts";

export interface UnknownTeamDeps {
  readonly schedules: ScheduleLoader;
}

/** Returns those teams that have no schedule, for half a read unit per team. */
export async function findUnknownTeams(
  { schedules }: UnknownTeamDeps,
  teams: readonly string[],
  now: number,
): Promise<string[]> {
  const loaded = await Promise.all(teams.map((team) => schedules.load(team, now, { stale: true })));
  return teams.filter((_, index) => loaded[index] === undefined);
}
