import { NotFound } from "../../domain/errors.ts";
import type { Rota } from "../../domain/oncall/on-call.ts";
import type { Schedule } from "../../domain/oncall/schedule.ts";
import { dayMs } from "../../domain/wall-clock.ts";
import type { RotaStore } from "../ports/oncall.ts";
import type { SameSecret } from "../ports/system.ts";

const daysBack = 30;
const daysAhead = 90;
/** A monthly shift starts this long before its end, so earlier overrides still matter. */
const longestShiftDays = 35;

export interface TeamCalendar {
  readonly schedule: Schedule;
  readonly rota: Rota;
  readonly overridesEndedAt: number | null;
  /** Whole UTC days, so that the feed stays the same for a day. */
  readonly from: number;
  readonly to: number;
}

/**
 * Reads the data of a team's calendar feed. @throws NotFound also for a wrong token, so that team names
 * cannot be probed
 */
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
  // The token is compared even without a schedule, so that response times reveal nothing.
  const matches = deps.sameSecret(token, schedule?.calendarToken ?? "");
  if (!loaded || !schedule || !matches) throw new NotFound("calendar of team", team);
  const { rota, overridesEndedAt } = loaded;
  return { schedule, rota, overridesEndedAt, from, to: today + (daysAhead + 1) * dayMs };
}
