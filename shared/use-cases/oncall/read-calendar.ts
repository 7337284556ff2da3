import { NotFound } from "../../domain/errors.ts";
import type { Rota } from "../../domain/oncall/on-call.ts";
import type { Schedule } from "../../domain/oncall/schedule.ts";
import { dayMs } from "../../domain/wall-clock.ts";
import type { RotaStore } from "../ports/oncall.ts";
import type { SameSecret } from "../ports/system.ts";

const daysBack = 30;
const daysAhead = 90;
/** What was overridden in a shift shows at its end still: a month's shift begins as long before. */
const longestShiftDays = 35;

export interface TeamCalendar {
  readonly schedule: Schedule;
  readonly rota: Rota;
  readonly overridesEndedAt: number | null;
  /** Whole days of UTC, so that the calendar stays the same for a day. */
  readonly from: number;
  readonly to: number;
}

/** What a team's calendar shows. @throws NotFound also when the token is not the team's: nobody learns which teams there are */
export async function readCalendar(
  deps: { readonly rotas: RotaStore; readonly sameSecret: SameSecret },
  team: string,
  token: string,
  now: number,
): Promise<TeamCalendar> {
  const today = Math.floor(now / dayMs) * dayMs;
  const from = today - daysBack * dayMs;
  const loaded = await deps.rotas.load(team, from - longestShiftDays * dayMs);
  const schedule = loaded?.schedule;
  // Without a schedule there is a comparison too: the time it takes says nothing.
  const matches = deps.sameSecret(token, schedule?.calendarToken ?? "");
  if (!loaded || !schedule || !matches) throw new NotFound("calendar of team", team);
  const { rota, overridesEndedAt } = loaded;
  return { schedule, rota, overridesEndedAt, from, to: today + (daysAhead + 1) * dayMs };
}
