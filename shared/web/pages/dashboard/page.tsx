import type { DailyTally } from "../../../domain/incidents/stats.ts";
import type { AlertRate } from "../../../use-cases/alerts/read-alert-rate.ts";
import type { Health } from "../../../use-cases/check-health.ts";
import type { listTeams } from "../../../use-cases/oncall/list-teams.ts";
import type { IncidentStore } from "../../../use-cases/ports/incidents.ts";
import { page } from "../../site/page.ts";
import type { Cached } from "../../site/use-case.ts";
import { DashboardView } from "./view.tsx";

/** Upper limit of incidents per status. */
const incidentsShown = { limit: 500, after: null };

interface UseCases {
  readonly listIncidents: IncidentStore["list"];
  readonly recentTeams: Cached<Awaited<ReturnType<typeof listTeams>>>;
  readonly recentTallies: Cached<readonly DailyTally[]>;
  readonly recentAlertRate: Cached<AlertRate>;
  readonly checkHealth: () => Promise<Health>;
}

export const dashboardPage = page({}, async ({ now, host, ...viewing }, useCases: UseCases) => {
  const [open, acknowledged, teams, days, rate, health] = await Promise.all([
    useCases.listIncidents({ status: "open" }, incidentsShown),
    useCases.listIncidents({ status: "acknowledged" }, incidentsShown),
    useCases.recentTeams(now),
    useCases.recentTallies(now),
    useCases.recentAlertRate(now),
    useCases.checkHealth(),
  ]);
  return {
    title: `${open.items.length} open`,
    everySeconds: 10,
    content: (
      <DashboardView
        {...viewing}
        now={now}
        host={host}
        open={open.items}
        acknowledged={acknowledged.items}
        more={open.next !== null || acknowledged.next !== null}
        teams={teams.value.items.map(({ schedule: { team }, roles }) => ({ team, ...roles }))}
        moreTeams={teams.value.next !== null}
        days={days.value}
        trendsAt={days.at}
        rate={rate.value}
        health={health}
      />
    ),
  };
});
