import type { Incident } from "../../../domain/incidents/incident.ts";
import type { DailyTally } from "../../../domain/incidents/stats.ts";
import type { Person } from "../../../domain/person.ts";
import type { AlertRate } from "../../../use-cases/alerts/read-alert-rate.ts";
import type { Health } from "../../../use-cases/check-health.ts";
import type { ReadUnresolved } from "../../../use-cases/incidents/read-unresolved.ts";
import type { listOwnShifts } from "../../../use-cases/oncall/list-own-shifts.ts";
import type { listTeams } from "../../../use-cases/oncall/list-teams.ts";
import type { QueueBacklog } from "../../../use-cases/read-backlog.ts";
import type { Setup } from "../../../use-cases/read-setup.ts";
import { allRows, downloadOf } from "../../site/downloads/download.ts";
import { isViewer } from "../../site/is-viewer.ts";
import { page } from "../../site/page.ts";
import type { Cached, Wired } from "../../site/use-case.ts";
import type { Viewer } from "../../site/viewer.ts";
import { incidentColumns } from "../incidents/columns.ts";
import { ageRows } from "./ages.ts";
import { ageColumns, onCallNowColumns } from "./columns.ts";
import { hidesSetup } from "./hidden-setup.ts";
import { HomeView } from "./view.tsx";

interface UseCases {
  readonly readUnresolved: ReadUnresolved;
  readonly recentTeams: Cached<Awaited<ReturnType<typeof listTeams>>>;
  readonly listOwnShifts: Wired<typeof listOwnShifts>;
  readonly recentTrends: Cached<readonly DailyTally[]>;
  readonly recentAlertRate: Cached<AlertRate>;
  readonly recentBacklog: Cached<readonly QueueBacklog[]>;
  readonly recentSetup: Cached<Setup>;
  readonly checkHealth: () => Promise<Health>;
}

/** The worst of the latest unresolved incidents: at most 55 read units, 15 within ten seconds of another visit. */
const needsAttention = { examined: 80, shown: 15, consistent: true };

/** Those of the viewer come first, so that others don't crowd them out. */
const attentionOf = (viewer: Viewer) => ({
  ...needsAttention,
  first: ({ assignedTo }: Incident) => isViewer(assignedTo, viewer),
});

export const homePage = page(
  {},
  async ({ now, host, headers, ...viewing }, useCases: UseCases) => {
    const isMe = (person: Person | null) => isViewer(person, viewing.viewer);
    const teamsAndShifts = async () => {
      const teams = await useCases.recentTeams(now);
      return { teams, ownShifts: await useCases.listOwnShifts(isMe, teams.value.items, now) };
    };
    const [unresolved, { teams, ownShifts }, days, rate, backlog, setup, health] = await Promise.all([
      useCases.readUnresolved(now, attentionOf(viewing.viewer)),
      teamsAndShifts(),
      useCases.recentTrends(now),
      useCases.recentAlertRate(now),
      useCases.recentBacklog(now),
      useCases.recentSetup(now),
      useCases.checkHealth(),
    ]);
    return {
      title: `${unresolved.open} open`,
      everySeconds: 10,
      isEmpty: unresolved.latest.length === 0 && teams.value.items.length === 0,
      content: (
        <HomeView
          {...viewing}
          now={now}
          host={host}
          unresolved={unresolved}
          teams={teams.value.items}
          moreTeams={teams.value.next !== null}
          teamsAt={teams.at}
          ownShifts={ownShifts}
          days={days.value}
          trendsAt={days.at}
          rate={rate.value}
          health={health}
          backlog={backlog.value}
          setup={setup.value}
          hidesSetup={hidesSetup(headers)}
        />
      ),
    };
  },
  {
    "needs-attention": async ({ now, viewer }, { readUnresolved }) => {
      const { top, open, acknowledged } = await readUnresolved(now, attentionOf(viewer));
      return downloadOf(incidentColumns, { items: top, isComplete: top.length === open + acknowledged });
    },
    "unresolved-by-age": async ({ now }, { readUnresolved }) => {
      const { latest } = await readUnresolved(now, needsAttention);
      return downloadOf(ageColumns, allRows(ageRows(latest, now)));
    },
    "on-call-now": async ({ now }, { recentTeams }) => {
      const { items, next } = (await recentTeams(now)).value;
      return downloadOf(onCallNowColumns, { items, isComplete: next === null });
    },
  },
);
