import { defaultPolicy } from "../../domain/oncall/escalation.ts";
import { onCallAt } from "../../domain/oncall/on-call.ts";
import type { TeamNow } from "../../domain/oncall/team.ts";
import type { ScheduleStore } from "../ports/oncall.ts";
import type { Page, PageRequest } from "../ports/page.ts";

/** Lists teams with a schedule and the people currently on call; one query per team. */
export async function listTeams(
  { schedules }: { readonly schedules: ScheduleStore },
  page: PageRequest,
  now: number,
): Promise<Page<TeamNow>> {
  const { items, next } = await schedules.list(page);
  const teams = await Promise.all(items.map(({ team }) => schedules.load(team, now)));
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
