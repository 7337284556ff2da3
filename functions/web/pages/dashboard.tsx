import { cached } from "../../../shared/caching/cached.ts";
import { page } from "../../../shared/http/site.ts";
import { DashboardView } from "../../../shared/pages/dashboard-view.tsx";
import { healthDeps } from "../../../shared/runtime/health.ts";
import { alerts, incidents, rotas, stats } from "../../../shared/runtime/stores.ts";
import { readAlertRate } from "../../../shared/use-cases/alerts/read-alert-rate.ts";
import { checkHealth } from "../../../shared/use-cases/check-health.ts";
import { readDailyTallies } from "../../../shared/use-cases/incidents/read-stats.ts";
import { listTeams } from "../../../shared/use-cases/oncall/list-teams.ts";

/** So many of each status are counted; a day on which more are open has other worries. */
const incidentsShown = { limit: 500, after: null };
const teamsShown = { limit: 50, after: null };
const daysShown = 30;

/** Days that are not over, or have something unresolved, are read anew each time: a chart can wait. */
const trends = cached(300_000, (now) =>
  readDailyTallies({ incidents: incidents(), stats: stats() }, daysShown, now),
);

/** A query for each team; an override shows ten seconds late at most. */
const onCall = cached(10_000, (now) => listTeams({ rotas: rotas() }, teamsShown, now));

const rate = cached(10_000, (now) => readAlertRate({ alerts: alerts() }, now));

export const dashboardPage = page("dashboard", {}, async ({ now, host, ...viewing }) => {
  const [open, acknowledged, teams, days, perMinute, health] = await Promise.all([
    incidents().list({ status: "open" }, incidentsShown),
    incidents().list({ status: "acknowledged" }, incidentsShown),
    onCall(now),
    trends(now),
    rate(now),
    checkHealth(healthDeps()),
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
        rate={perMinute.value}
        health={health}
      />
    ),
  };
});
