/** The use cases of the website's pages. */

import packageJson from "../../../package.json" with { type: "json" };
import { cached } from "../../caching/cached.ts";
import { sha256 } from "../../crypto/sha256.ts";
import { proofOf } from "../../domain/notifications/proof.ts";
import { findUser } from "../../use-cases/access/find-user.ts";
import { listApiKeys } from "../../use-cases/access/list-api-keys.ts";
import { readHeartbeat } from "../../use-cases/alerts/heartbeats/read-heartbeat.ts";
import { readAlertRate } from "../../use-cases/alerts/read-alert-rate.ts";
import { readAlertingCounts } from "../../use-cases/alerts/read-alerting-counts.ts";
import { readMatchingAlerts } from "../../use-cases/alerts/read-matching-alerts.ts";
import { simulateAlert } from "../../use-cases/alerts/simulate-alert.ts";
import { checkHealth } from "../../use-cases/check-health.ts";
import { findIncident } from "../../use-cases/incidents/find-incident.ts";
import { readIncident } from "../../use-cases/incidents/read-incident.ts";
import { readReport } from "../../use-cases/incidents/read-report.ts";
import { readTrends } from "../../use-cases/incidents/read-stats.ts";
import { unresolvedReader } from "../../use-cases/incidents/read-unresolved.ts";
import { listIntegrations } from "../../use-cases/integrations/list-integrations.ts";
import { readIntegration } from "../../use-cases/integrations/read-integration.ts";
import { listDeliveries } from "../../use-cases/notifications/webhooks/list-deliveries.ts";
import { readWebhook } from "../../use-cases/notifications/webhooks/read-webhook.ts";
import { listOwnShifts } from "../../use-cases/oncall/list-own-shifts.ts";
import { listTeamCalendars } from "../../use-cases/oncall/list-team-calendars.ts";
import { listTeams } from "../../use-cases/oncall/list-teams.ts";
import { shiftsOfPlan } from "../../use-cases/oncall/read-on-call.ts";
import { readPaging } from "../../use-cases/oncall/read-paging.ts";
import { listTeamsAhead, readTeamCalendar } from "../../use-cases/oncall/read-team-calendar.ts";
import { findSchedule } from "../../use-cases/oncall/schedules/find-schedule.ts";
import { readService } from "../../use-cases/oncall/services/read-service.ts";
import { stepsOf } from "../../use-cases/oncall/simulate.ts";
import { backlogReader } from "../../use-cases/read-backlog.ts";
import { readDirectory } from "../../use-cases/read-directory.ts";
import { readSetup } from "../../use-cases/read-setup.ts";
import type { pages } from "../../web/pages/all-pages.ts";
import type { UseCasesOf } from "../../web/site/use-case.ts";
import { baseUrlOf } from "../base-url.ts";
import { recentAccounts } from "../cached-reads.ts";
import {
  accessConfig,
  channelsConfig,
  inboundEmailConfig,
  oidcConfig,
  pagingConfig,
  pushKey,
  telegramBotConfig,
} from "../config.ts";
import {
  ownershipDeps,
  readIncidentDeps,
  readIntegrationDeps,
  readinessDeps,
  simulateDeps,
} from "../deps.ts";
import { healthDeps } from "../health.ts";
import {
  alerts,
  apiKeys,
  audit,
  forgettings,
  heartbeats,
  incidents,
  integrations,
  listening,
  notifications,
  pageTallies,
  phones,
  pushDevices,
  reachability,
  roles,
  ruleStore,
  schedules,
  services,
  stats,
  teamChannels,
  users,
  webhooks,
} from "../stores.ts";

import { queueDepths } from "./backlog.ts";
import { readDeadLetters } from "./dead-letters.ts";
import { wire } from "./wire.ts";

const statsDeps = () => ({ incidents: incidents(), stats: stats() });
const scheduleDeps = () => ({ schedules: schedules() });

/** Expensive statistics are cached for five minutes. */
const figuresMs = 300_000;
const loadDeps = () => ({
  notifications: notifications(),
  pageTallies: pageTallies(),
  users: users(),
  schedules: schedules(),
});
const loadOf = (days: number) =>
  cached(figuresMs, async (now) => {
    const { readLoad } = await import("../../use-cases/oncall/load/read-load.ts");
    return readLoad(loadDeps(), days, now);
  });
const readiness = () => import("../../use-cases/oncall/readiness/read-readiness.ts");
const reportOf = (days: number) => cached(figuresMs, (now) => readReport(statsDeps(), days, now));

export const pageUseCases: UseCasesOf<typeof pages> = {
  listIncidents: (filter, page) => incidents().list(filter, page),
  findIncident: wire(findIncident, () => ({ incidents: incidents() })),
  findIncidentById: (id) => incidents().find(id),
  readIncident: wire(readIncident, readIncidentDeps),
  listAlerts: (filter, page) => alerts().list(filter, page),
  findAlert: (id) => alerts().find(id),
  readMatchingAlerts: wire(readMatchingAlerts, () => ({ alerts: alerts() })),
  listSilences: (page) => ruleStore().listSilences(page),
  findRouting: () => ruleStore().findRouting(),
  listHeartbeats: (page) => heartbeats().list(page),
  readHeartbeat: wire(readHeartbeat, () => ({ heartbeats: heartbeats() })),
  loadListening: () => listening().load(),
  recentAlertingCounts: cached(10_000, (now) =>
    readAlertingCounts({ ruleStore: ruleStore(), heartbeats: heartbeats(), listening: listening() }, now),
  ),
  listNotifications: (filter, page) => notifications().list(filter, page),
  findNotification: (id) => notifications().find(id),
  proofOf: (notification) => proofOf(notification, sha256),
  readUnresolved: unresolvedReader(incidents),
  recentTeams: cached(10_000, (now) =>
    listTeams(scheduleDeps(), { limit: 50, after: null }, now, { stale: true }),
  ),
  listOwnShifts: wire(listOwnShifts, scheduleDeps),
  recentTrends: cached(figuresMs, (now) => readTrends(statsDeps(), 30, now)),
  recentAlertRate: cached(10_000, (now) => readAlertRate({ alerts: alerts() }, now)),
  readDeadLetters,
  recentBacklog: cached(10_000, backlogReader(queueDepths)),
  recentSetup: cached(60_000, () =>
    readSetup({ users: users(), integrations: integrations(), notifications: notifications() }),
  ),
  recentReports: { 7: reportOf(7), 30: reportOf(30), 90: reportOf(90) },
  recentLoads: { 7: loadOf(7), 30: loadOf(30), 90: loadOf(90) },
  recentPeople: cached(10_000, async () => {
    const { items } = await users().list({ limit: 200, after: null });
    return items.map(({ name, email }) => ({ name, email }));
  }),
  recentServices: cached(10_000, () => services().list({ limit: 200, after: null })),
  recentDirectory: cached(10_000, () =>
    readDirectory({ incidents: incidents(), services: services(), schedules: schedules(), users: users() }),
  ),
  version: packageJson.version,
  checkHealth: wire(checkHealth, healthDeps),
  readPaging: wire(readPaging, () => ({ incidents: incidents(), ...scheduleDeps() })),
  listSchedules: (page) => schedules().list(page),
  findSchedule: wire(findSchedule, scheduleDeps),
  loadSchedule: (team, from) => schedules().load(team, from),
  listTeamCalendars: wire(listTeamCalendars, scheduleDeps),
  listTeamsAhead: wire(listTeamsAhead, scheduleDeps),
  listReadiness: async (...args) => (await readiness()).listReadiness(readinessDeps(), ...args),
  readReadiness: async (...args) => (await readiness()).readReadiness(readinessDeps(), ...args),
  readTeamCalendar: wire(readTeamCalendar, () => ({ ...scheduleDeps(), accounts: recentAccounts() })),
  previewShifts: shiftsOfPlan,
  previewPolicy: stepsOf,
  simulateAlert: wire(simulateAlert, simulateDeps),
  fallbackEmail: () => pagingConfig().FALLBACK_EMAIL,
  listTeamNames: (page) => schedules().listNames(page),
  listServices: (page) => services().list(page),
  findService: (name) => services().find(name),
  readService: wire(readService, ownershipDeps),
  listUsers: (page) => users().list(page),
  stoppedNumbers: (numbers) => phones().stopped(numbers),
  findUser: wire(findUser, () => ({ users: users() })),
  isBeingForgotten: async (email) => (await forgettings().find(sha256(email))) !== undefined,
  pushKey,
  loadReachability: (email) => reachability().load(email),
  providerName: () => (oidcConfig().OIDC_ISSUER === "" ? null : oidcConfig().OIDC_NAME),
  loadPushDevices: (email) => pushDevices().load(email),
  telegramBot: () => telegramBotConfig().TELEGRAM_BOT_NAME,
  configuredChannels: () => channelsConfig().CONFIGURED_CHANNELS,
  findTeamChannels: (team) => teamChannels().find(team),
  listIntegrations: wire(listIntegrations, readIntegrationDeps),
  recentIntegrations: cached(10_000, () => integrations().list({ limit: 200, after: null })),
  readIntegration: wire(readIntegration, readIntegrationDeps),
  baseUrlOf,
  emailDomain: () => inboundEmailConfig().INBOUND_EMAIL_DOMAIN,
  listWebhooks: (team, page) => webhooks().list(team, page),
  readWebhook: wire(readWebhook, () => ({ webhooks: webhooks() })),
  listDeliveries: wire(listDeliveries, () => ({ webhooks: webhooks(), notifications: notifications() })),
  findRoles: (team) => roles().find(team),
  accessSettings: () => {
    const { ADMIN_EMAILS: adminEmails, OIDC_DEFAULT_ROLE: defaultRole } = accessConfig();
    return { adminEmails, defaultRole };
  },
  listApiKeys: wire(listApiKeys, () => ({ apiKeys: apiKeys() })),
  listChanges: (filter, page) => audit().list(filter, page),
};
