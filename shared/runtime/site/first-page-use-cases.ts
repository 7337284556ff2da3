/** Use cases of the pages of the first view. */

import { cached } from "../../caching/cached.ts";
import { minuteMs } from "../../domain/time-units.ts";
import { readAlertRate } from "../../use-cases/alerts/read-alert-rate.ts";
import { checkHealth } from "../../use-cases/check-health.ts";
import { readIncident } from "../../use-cases/incidents/read-incident.ts";
import { readTrends } from "../../use-cases/incidents/read-stats.ts";
import { unresolvedReader } from "../../use-cases/incidents/read-unresolved.ts";
import { listOwnShifts } from "../../use-cases/oncall/list-own-shifts.ts";
import { listTeams } from "../../use-cases/oncall/list-teams.ts";
import { readPaging } from "../../use-cases/oncall/read-paging.ts";
import { backlogReader } from "../../use-cases/read-backlog.ts";
import { readSetup } from "../../use-cases/read-setup.ts";
import type { firstPages } from "../../web/pages/first-pages.ts";
import type { UseCasesOf } from "../../web/site/use-case.ts";
import { readIncidentDeps } from "../deps.ts";
import { healthDeps } from "../health.ts";
import {
  alerts,
  incidents,
  integrations,
  notifications,
  schedules,
  services,
  stats,
  users,
} from "../stores.ts";
import { queueDepths } from "./backlog.ts";
import { wire } from "./wire.ts";

/** Expensive statistics are cached for five minutes. */
export const figuresMs = 300_000;

export const statsDeps = () => ({ incidents: incidents(), stats: stats() });
const scheduleDeps = () => ({ schedules: schedules() });

export const firstPageUseCases: UseCasesOf<typeof firstPages> = {
  listIncidents: (filter, page) => incidents().list(filter, page),
  readIncident: wire(readIncident, readIncidentDeps),
  readUnresolved: unresolvedReader(incidents),
  recentTeams: cached(10_000, (now) =>
    listTeams(scheduleDeps(), { limit: 50, after: null }, now, { stale: true }),
  ),
  listOwnShifts: wire(listOwnShifts, scheduleDeps),
  recentTrends: cached(figuresMs, (now) => readTrends(statsDeps(), 30, now)),
  recentAlertRate: cached(10_000, (now) => readAlertRate({ alerts: alerts() }, now)),
  recentBacklog: cached(10_000, backlogReader(queueDepths)),
  recentSetup: cached(minuteMs, () =>
    readSetup({ users: users(), integrations: integrations(), notifications: notifications() }),
  ),
  recentPeople: cached(10_000, async () => {
    const { items } = await users().list({ limit: 200, after: null });
    return items.map(({ name, email }) => ({ name, email }));
  }),
  checkHealth: wire(checkHealth, healthDeps),
  readPaging: wire(readPaging, () => ({ incidents: incidents(), ...scheduleDeps() })),
  listTeamNames: (page) => schedules().listNames(page),
  recentServices: cached(10_000, () => services().list({ limit: 200, after: null })),
  listServices: (page) => services().list(page),
};
