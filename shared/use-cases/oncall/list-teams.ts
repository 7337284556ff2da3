import { defaultPolicy } from "../../domain/oncall/escalation.ts";
import { onCallAt } from "../../domain/oncall/on-call.ts";
import type { TeamNow } from "../../domain/oncall/team.ts";
import type { ScheduleStore } from "../ports/oncall.ts";
import type { Page, PageRequest } from "../ports/page.ts";

/**
 * Lists teams with a schedule and the people currently on call; one query per team.
 *
 * @param options.stale allows a state that is up to a second old, at half the price
 */
export async function listTeams(
  { schedules }: { readonly schedules: ScheduleStore },
  page: PageRequest,
  now: number,
  options: { readonly stale?: boolean } = {},
): Promise<Page<TeamNow>> {
  const { items, next } = await schedules.listNames(page);
  const teams = await Promise.all(items.map((team) => schedules.load(team, now, options)));
  return {
    next,
    items: teams.flatMap((team) =>
      team?.schedule
        ? {
            schedule: team.schedule,
            roles: {
              primary: onCallAt(team.history, "primary", now),
              secondary: onCallAt(team.history, "secondary", now),
            },
            policy: team.policy ?? defaultPolicy,
          }
        : [],
    ),
  };
}
