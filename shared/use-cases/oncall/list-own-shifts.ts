import { forecastDays } from "../../domain/oncall/forecast.ts";
import { type OnCall, onCallBetween } from "../../domain/oncall/on-call.ts";
import { type OnCallRole, onCallRoles } from "../../domain/oncall/schedule.ts";
import type { TeamNow } from "../../domain/oncall/team.ts";
import type { Person } from "../../domain/person.ts";
import { dayMs } from "../../domain/time-units.ts";
import type { ScheduleStore } from "../ports/oncall.ts";

/** The current or next shift of a person. */
export interface OwnShift extends Pick<OnCall, "start" | "end"> {
  readonly team: string;
  readonly role: OnCallRole;
}

/** Teams of a person that are read. */
const mostTeams = 5;

/**
 * Lists the current or next shift of a person in each role of their teams, earliest first. Reads one query for each of
 * at most five teams.
 */
export async function listOwnShifts(
  { schedules }: { readonly schedules: ScheduleStore },
  isPerson: (person: Person | null) => boolean,
  teams: readonly TeamNow[],
  now: number,
): Promise<readonly OwnShift[]> {
  const own = teams.filter(
    ({ schedule, roles }) =>
      schedule.layers.some(({ members }) => members.some(isPerson)) ||
      onCallRoles.some((role) => isPerson(roles[role].person)),
  );
  const found = await Promise.all(
    own.slice(0, mostTeams).map(async ({ schedule: { team } }) => {
      const loaded = await schedules.load(team, now, { stale: true });
      if (!loaded) return [];
      return onCallRoles.flatMap((role) => {
        const shifts = onCallBetween(loaded.history, role, now, now + forecastDays * dayMs);
        const shift = shifts.find(({ person }) => isPerson(person));
        return shift ? [{ team, role, start: shift.start, end: shift.end }] : [];
      });
    }),
  );
  return found.flat().toSorted((a, b) => a.start - b.start);
}
