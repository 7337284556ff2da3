import type { DailyTally } from "../../../domain/incidents/stats.ts";
import type { AlertRate } from "../../../use-cases/alerts/read-alert-rate.ts";
import type { Health } from "../../../use-cases/check-health.ts";
import type { ReadUnresolved } from "../../../use-cases/incidents/read-unresolved.ts";
import type { listTeams } from "../../../use-cases/oncall/list-teams.ts";
import { page } from "../../site/page.ts";
import type { Cached } from "../../site/use-case.ts";
import { HomeView } from "./view.tsx";

interface UseCases {
  readonly readUnresolved: ReadUnresolved;
  readonly recentTeams: Cached<Awaited<ReturnType<typeof listTeams>>>;
  readonly recentTrends: Cached<readonly DailyTally[]>;
  readonly recentAlertRate: Cached<AlertRate>;
  readonly checkHealth: () => Promise<Health>;
}

/** The worst of the latest unresolved incidents: at most 55 read units, 15 within ten seconds of another visit. */
export const needsAttention = { examined: 80, shown: 15, consistent: true };

export const homePage = page({}, async ({ now, host, ...viewing }, useCases: UseCases) => {
  const [unresolved, teams, days, rate, health] = await Promise.all([
    useCases.readUnresolved(now, needsAttention),
    useCases.recentTeams(now),
    useCases.recentTrends(now),
    useCases.recentAlertRate(now),
    useCases.checkHealth(),
  ]);
  return {
    title: `${unresolved.open} open`,
    everySeconds: 10,
    content: (
      <HomeView
        {...viewing}
        now={now}
        host={host}
        unresolved={unresolved}
        teams={teams.value.items.map(({ schedule: { team }, roles }) => ({ team, ...roles }))}
        moreTeams={teams.value.next !== null}
        teamsAt={teams.at}
        days={days.value}
        trendsAt={days.at}
        rate={rate.value}
        health={health}
      />
    ),
  };
});
