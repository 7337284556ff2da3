import type { CalendarDates } from "../../domain/oncall/calendar-dates.ts";
import { type OnCall, onCallBetween } from "../../domain/oncall/on-call.ts";
import type { Schedule } from "../../domain/oncall/schedule.ts";
import { type CalendarDay, calendarDays } from "../../domain/oncall/schedule-calendar.ts";
import { dayMs } from "../../domain/time-units.ts";
import type { ScheduleStore } from "../ports/oncall.ts";
import type { Page, PageRequest } from "../ports/page.ts";

/** A team's primaries, day by day in the team's time zone. */
export interface TeamDays {
  readonly schedule: Schedule;
  readonly days: readonly CalendarDay[];
  readonly primary: readonly OnCall[];
}

/** Lists teams and who is primary on each day; one query per team. */
export async function listTeamCalendars(
  { schedules }: { readonly schedules: Pick<ScheduleStore, "listNames" | "load"> },
  page: PageRequest,
  { from, to }: Pick<CalendarDates, "from" | "to">,
  now: number,
): Promise<Page<TeamDays>> {
  const { items, next } = await schedules.listNames(page);
  // One day earlier, because the date begins sooner in eastern zones.
  const since = Math.min(now, from) - dayMs;
  const teams = await Promise.all(items.map((team) => schedules.load(team, since, { stale: true })));
  return {
    next,
    items: teams.flatMap((team) => {
      if (!team?.schedule) return [];
      const days = calendarDays(from, to, team.schedule.timezone);
      const [start, end] = [days[0]?.start ?? now, days.at(-1)?.end ?? now];
      return [{ schedule: team.schedule, days, primary: onCallBetween(team.history, "primary", start, end) }];
    }),
  };
}
