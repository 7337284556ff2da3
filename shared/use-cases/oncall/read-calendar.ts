import { NotFound } from "../../domain/errors.ts";
import type { ScheduleHistory } from "../../domain/oncall/on-call.ts";
import type { Schedule } from "../../domain/oncall/schedule.ts";
import { dayMs } from "../../domain/time-units.ts";
import type { ScheduleStore } from "../ports/oncall.ts";
import type { SameSecret } from "../ports/system.ts";

const daysBack = 30;
const daysAhead = 90;
/** A monthly shift starts this long before its end, so earlier overrides still matter. */
const longestShiftDays = 35;

interface TeamCalendar {
  readonly schedule: Schedule;
  readonly history: ScheduleHistory;
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
  deps: { readonly schedules: ScheduleStore; readonly sameSecret: SameSecret },
  team: string,
  token: string,
  now: number,
): Promise<TeamCalendar> {
  const today = Math.floor(now / dayMs) * dayMs;
  const from = today - daysBack * dayMs;
  const loaded = await deps.schedules.load(team, from - longestShiftDays * dayMs);
  const schedule = loaded?.schedule;
  // The token is compared even without a schedule, so that response times reveal nothing.
  const matches = deps.sameSecret(token, schedule?.calendarToken ?? "");
  if (!loaded || !schedule || !matches) throw new NotFound("calendar of team", team);
  const { history, overridesEndedAt } = loaded;
  return { schedule, history, overridesEndedAt, from, to: today + (daysAhead + 1) * dayMs };
}
