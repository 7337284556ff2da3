/** Use cases of all pages. Their code is loaded when it is needed, except for that of the first view. */

import packageJson from "../../../package.json" with { type: "json" };
import { cached } from "../../caching/cached.ts";
import { sha256 } from "../../crypto/sha256.ts";
import { proofOf } from "../../domain/notifications/proof.ts";
import { findUser } from "../../use-cases/access/find-user.ts";
import { listApiKeys } from "../../use-cases/access/list-api-keys.ts";
import { readHeartbeat } from "../../use-cases/alerts/heartbeats/read-heartbeat.ts";
import { readAlertingCounts } from "../../use-cases/alerts/read-alerting-counts.ts";
import { readMatchingAlerts } from "../../use-cases/alerts/read-matching-alerts.ts";
import { simulateAlert } from "../../use-cases/alerts/simulate-alert.ts";
import { findIncident, incidentIdOf } from "../../use-cases/incidents/find-incident.ts";
import { readReport } from "../../use-cases/incidents/read-report.ts";
import { listIntegrations } from "../../use-cases/integrations/list-integrations.ts";
import { readIntegration } from "../../use-cases/integrations/read-integration.ts";
import { listDeliveries } from "../../use-cases/notifications/webhooks/list-deliveries.ts";
import { readWebhook } from "../../use-cases/notifications/webhooks/read-webhook.ts";
import { listTeamCalendars } from "../../use-cases/oncall/list-team-calendars.ts";
import { shiftsOfPlan } from "../../use-cases/oncall/read-on-call.ts";
import { listTeamsAhead, readTeamCalendar } from "../../use-cases/oncall/read-team-calendar.ts";
import { findSchedule } from "../../use-cases/oncall/schedules/find-schedule.ts";
import { readService } from "../../use-cases/oncall/services/read-service.ts";
import { stepsOf } from "../../use-cases/oncall/simulate.ts";
import { readDirectory } from "../../use-cases/read-directory.ts";
import type { pages } from "../../web/pages/all-pages.ts";
import type { UseCasesOf } from "../../web/site/use-case.ts";
import { baseUrlOf, platformAddressOf } from "../base-url.ts";
import { recentAccounts } from "../cached-reads.ts";
import {
  accessConfig,
  channelsConfig,
  oidcConfig,
  pagingConfig,
  pushKey,
  telegramBotConfig,
} from "../config.ts";
import { ownershipDeps } from "../deps.ts";
import { readIntegrationDeps, readinessDeps, simulateDeps } from "../later/deps.ts";
import {
  apiKeys,
  audit,
  downtime,
  forgettings,
  heartbeats,
  pageTallies,
  phones,
  pushDevices,
  reachability,
  ruleStore,
  teamChannels,
  webhooks,
} from "../later/stores.ts";
import {
  alerts,
  incidents,
  integrations,
  notifications,
  roles,
  schedules,
  services,
  users,
} from "../stores.ts";
import { readDeadLetters } from "./dead-letters.ts";
import { figuresMs, firstPageUseCases, statsDeps } from "./first-page-use-cases.ts";
import { wire } from "./wire.ts";

const scheduleDeps = () => ({ schedules: schedules() });

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
  ...firstPageUseCases,
  findIncident: wire(findIncident, () => ({ incidents: incidents() })),
  findIncidentById: (id) => incidents().find(id),
  async listAlerts({ incidentId, ...filter }, page) {
    const id = await incidentIdOf({ incidents: incidents() }, incidentId);
    return alerts().list({ ...filter, incidentId: id }, page);
  },
  findAlert: (id) => alerts().find(id),
  readMatchingAlerts: wire(readMatchingAlerts, () => ({ alerts: alerts() })),
  listSilences: (page) => ruleStore().listSilences(page),
  findRouting: () => ruleStore().findRouting(),
  listHeartbeats: (page) => heartbeats().list(page),
  readHeartbeat: wire(readHeartbeat, () => ({ heartbeats: heartbeats() })),
  loadDowntime: () => downtime().load(),
  recentAlertingCounts: cached(10_000, (now) =>
    readAlertingCounts({ ruleStore: ruleStore(), heartbeats: heartbeats(), downtime: downtime() }, now),
  ),
  listNotifications: (filter, page) => notifications().list(filter, page),
  findNotification: (id) => notifications().find(id),
  proofOf: (notification) => proofOf(notification, sha256),
  readDeadLetters,
  recentReports: { 7: reportOf(7), 30: reportOf(30), 90: reportOf(90) },
  recentLoads: { 7: loadOf(7), 30: loadOf(30), 90: loadOf(90) },
  recentDirectory: cached(10_000, () =>
    readDirectory({ incidents: incidents(), services: services(), schedules: schedules(), users: users() }),
  ),
  version: packageJson.version,
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
  platformAddressOf,
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
