import { defaultPolicy, type EscalationPolicy } from "../domain/escalation.ts";
import { type OnCall, onCallAt } from "../domain/on-call.ts";
import type { OnCallRole, Schedule } from "../domain/schedule.ts";
import type { Page, PageRequest, RotaStore } from "./ports.ts";

export interface TeamNow {
  readonly schedule: Schedule;
  readonly roles: Readonly<Record<OnCallRole, OnCall>>;
  readonly policy: EscalationPolicy;
}

/** Teams that have a schedule, with who is on call now; one query for each. */
export async function listTeams(
  { rotas }: { readonly rotas: RotaStore },
  page: PageRequest,
  now: number,
): Promise<Page<TeamNow>> {
  const { items, next } = await rotas.list(page);
  const teams = await Promise.all(items.map(({ team }) => rotas.load(team, now)));
  return {
    next,
    items: teams.flatMap((team) =>
      team?.schedule
        ? {
            schedule: team.schedule,
            roles: {
              primary: onCallAt(team.rota, "primary", now),
              secondary: onCallAt(team.rota, "secondary", now),
            },
            policy: team.policy ?? defaultPolicy,
          }
        : [],
    ),
  };
}
