import {
  type DeactivatedMember,
  deactivatedMembers,
  emailsOfTeam,
} from "../../domain/oncall/deactivated-members.ts";
import type { EscalationPolicy } from "../../domain/oncall/escalation.ts";
import { type Forecast, forecastDays, forecastOf } from "../../domain/oncall/forecast.ts";
import type { Override, Schedule } from "../../domain/oncall/schedule.ts";
import {
  type CalendarSpan,
  calendarDays,
  roleCalendars,
  spanAfter,
  type TeamCalendar,
} from "../../domain/oncall/schedule-calendar.ts";
import { dayMs } from "../../domain/time-units.ts";
import { formatDate, startOfDay, wallClock, wallClockAt } from "../../domain/wall-clock.ts";
import type { ScheduleStore } from "../ports/oncall.ts";
import type { Page, PageRequest } from "../ports/page.ts";
import { type FindDeactivatedDeps, findDeactivated } from "./find-deactivated.ts";

interface Deps {
  readonly schedules: ScheduleStore;
}

interface TeamAhead {
  readonly schedule: Schedule;
  readonly forecast: Forecast;
}

/** Lists teams with a schedule and their forecast; one query per team. */
export async function listTeamsAhead(
  { schedules }: Deps,
  page: PageRequest,
  now: number,
): Promise<Page<TeamAhead>> {
  const { items, next } = await schedules.listNames(page);
  const teams = await Promise.all(items.map((team) => schedules.load(team, now)));
  return {
    next,
    items: teams.flatMap((team) =>
      team?.schedule
        ? [{ schedule: team.schedule, forecast: forecastOf(team.history, team.policy, now) }]
        : [],
    ),
  };
}

interface Asked {
  /** Local date. Default: today. */
  readonly from?: string | undefined;
  readonly span: CalendarSpan;
  /** Default: the schedule's time zone. */
  readonly timezone?: string | undefined;
}

interface TeamPlan extends TeamAhead {
  readonly calendar: TeamCalendar;
  readonly overrides: readonly Override[];
  /** Deactivated people who have shifts within the forecast, or are in the policy. */
  readonly deactivated: readonly DeactivatedMember[];
}

/**
 * Reads a team's policy, and its schedule day by day with its forecast and its current and upcoming overrides by end
 * time; one query. Reads the members' accounts.
 */
export async function readTeamCalendar(
  { schedules, ...deps }: Deps & FindDeactivatedDeps,
  team: string,
  { span, ...asked }: Asked,
  now: number,
): Promise<{
  /** Null for the default policy. */
  readonly policy: EscalationPolicy | null;
  /** Null without a schedule. */
  readonly plan: TeamPlan | null;
}> {
  const askedFrom = asked.from === undefined ? undefined : wallClock(`${asked.from}T00:00`);
  // One day earlier, because the date begins sooner in eastern zones.
  const loaded = await schedules.load(team, Math.min(now, askedFrom ?? now) - dayMs);
  if (!loaded?.schedule) return { policy: loaded?.policy ?? null, plan: null };
  const { schedule, history, policy } = loaded;
  const timezone = asked.timezone ?? schedule.timezone;
  const first = askedFrom ?? startOfDay(wallClockAt(now, timezone));
  const days = calendarDays(first, spanAfter(first, span, 1), timezone);
  const deactivated = await findDeactivated(deps, emailsOfTeam(history, policy));
  const plan = {
    schedule,
    deactivated: deactivatedMembers(history, policy, deactivated, now, now + forecastDays * dayMs),
    forecast: forecastOf(history, policy, now),
    calendar: {
      timezone,
      span,
      days,
      previous: formatDate(spanAfter(first, span, -1)),
      next: formatDate(spanAfter(first, span, 1)),
      roles: roleCalendars(history, days[0]?.start ?? now, days.at(-1)?.end ?? now),
    },
    overrides: history.overrides.filter(({ end }) => end > now).toSorted((a, b) => a.end - b.end),
  };
  return { policy, plan };
}
