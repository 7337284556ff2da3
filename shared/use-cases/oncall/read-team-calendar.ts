import { type Outlook, outlookOf } from "../../domain/oncall/outlook.ts";
import {
  type CalendarSpan,
  calendarDays,
  roleCalendars,
  spanAfter,
  type TeamCalendar,
} from "../../domain/oncall/rota-calendar.ts";
import type { Override, Schedule } from "../../domain/oncall/schedule.ts";
import { dayMs, formatDate, startOfDay, wallClock, wallClockAt } from "../../domain/wall-clock.ts";
import type { RotaStore } from "../ports/oncall.ts";
import type { Page, PageRequest } from "../ports/page.ts";
import { loadRota } from "./read-on-call.ts";

interface Deps {
  readonly rotas: RotaStore;
}

export interface TeamAhead {
  readonly schedule: Schedule;
  readonly outlook: Outlook;
}

/** Lists teams with a schedule and their outlook; one query per team. */
export async function listTeamsAhead(
  { rotas }: Deps,
  page: PageRequest,
  now: number,
): Promise<Page<TeamAhead>> {
  const { items, next } = await rotas.list(page);
  const teams = await Promise.all(items.map(({ team }) => rotas.load(team, now)));
  return {
    next,
    items: teams.flatMap((team) =>
      team?.schedule ? [{ schedule: team.schedule, outlook: outlookOf(team.rota, team.policy, now) }] : [],
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

/**
 * Reads a team's schedule day by day, its outlook, and its current and upcoming overrides by end time; one
 * query.
 *
 * @throws NotFound if the team has no schedule
 */
export async function readTeamCalendar(
  { rotas }: Deps,
  team: string,
  { span, ...asked }: Asked,
  now: number,
): Promise<TeamAhead & { readonly calendar: TeamCalendar; readonly overrides: readonly Override[] }> {
  const askedFrom = asked.from === undefined ? undefined : wallClock(`${asked.from}T00:00`);
  // One day earlier, because the date begins sooner in eastern zones.
  const loaded = await loadRota({ rotas }, team, Math.min(now, askedFrom ?? now) - dayMs);
  const { schedule, rota, policy } = loaded;
  const timezone = asked.timezone ?? schedule.timezone;
  const first = askedFrom ?? startOfDay(wallClockAt(now, timezone));
  const days = calendarDays(first, spanAfter(first, span, 1), timezone);
  return {
    schedule,
    outlook: outlookOf(rota, policy, now),
    calendar: {
      timezone,
      span,
      days,
      previous: formatDate(spanAfter(first, span, -1)),
      next: formatDate(spanAfter(first, span, 1)),
      roles: roleCalendars(rota, days[0]?.start ?? now, days.at(-1)?.end ?? now),
    },
    overrides: rota.overrides.filter(({ end }) => end > now).toSorted((a, b) => a.end - b.end),
  };
}
