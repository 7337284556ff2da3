import { lazy } from "../caching/lazy.ts";
import { recentValues } from "../caching/recent-values.ts";
import type { AuditedChange } from "../domain/access/audit.ts";
import { accessEventRecorder } from "../storage/access/access-event-recorder.ts";
import { accountStore, auditedAccount } from "../storage/access/account-store.ts";
import { apiKeyStore, auditedApiKey } from "../storage/access/api-key-store.ts";
import { auditChainStore } from "../storage/access/audit-chain-store.ts";
import { type Journal, writeJournaled } from "../storage/access/audit-journal.ts";
import { auditStore, keptAudit } from "../storage/access/audit-store.ts";
import { endedSessionStore } from "../storage/access/ended-session-store.ts";
import { forgettingStore } from "../storage/access/forgetting-store.ts";
import { linkedAccountStore } from "../storage/access/linked-account-store.ts";
import { phoneStore } from "../storage/access/phone-store.ts";
import { providerSessionStore } from "../storage/access/provider-session-store.ts";
import { auditedPushDevices, pushDeviceStore } from "../storage/access/push-device-store.ts";
import { reachabilityStore } from "../storage/access/reachability-store.ts";
import { auditedRoles, roleStore } from "../storage/access/role-store.ts";
import { usedTokenStore } from "../storage/access/used-token-store.ts";
import { auditedUser, userStore } from "../storage/access/user-store.ts";
import { alertStore } from "../storage/alerts/alert-store.ts";
import { auditedHeartbeat, heartbeatStore } from "../storage/alerts/heartbeat-store.ts";
import { listeningStore } from "../storage/alerts/listening-store.ts";
import { auditedRules, ruleStore as makeRuleStore } from "../storage/alerts/rule-store.ts";
import { suppressedAlertStore } from "../storage/alerts/suppressed-alert-store.ts";
import { type Audited, auditedTable } from "../storage/audited-table.ts";
import { changeStore } from "../storage/incidents/change-store.ts";
import { incidentEventStore } from "../storage/incidents/incident-event-store.ts";
import { incidentStore } from "../storage/incidents/incident-store.ts";
import { statsStore } from "../storage/incidents/stats-store.ts";
import { timerStore } from "../storage/incidents/timer-store.ts";
import { integrationActivityStore } from "../storage/integrations/integration-activity-store.ts";
import { integrationMemory } from "../storage/integrations/integration-memory.ts";
import { auditedIntegration, integrationStore } from "../storage/integrations/integration-store.ts";
import { chatMessageStore } from "../storage/notifications/chat-message-store.ts";
import { notificationStore } from "../storage/notifications/notification-store.ts";
import { pageCounter as makePageCounter } from "../storage/notifications/page-counter.ts";
import { pageTallyStore } from "../storage/notifications/page-tally-store.ts";
import { pageWindowStore } from "../storage/notifications/page-window-store.ts";
import { auditedTeamChannels, teamChannelStore } from "../storage/notifications/team-channel-store.ts";
import { auditedWebhook, webhookStore } from "../storage/notifications/webhook-store.ts";
import { drillStore } from "../storage/oncall/drill-store.ts";
import { auditedSchedule, scheduleStore } from "../storage/oncall/schedule-store.ts";
import { auditedService, serviceStore } from "../storage/oncall/service-store.ts";
import { currentActor } from "../telemetry/current-actor.ts";
import { auditConfig, retentionConfig } from "./config.ts";
import { clock, log, ulid } from "./system.ts";
import { table } from "./table.ts";

const journal = (): Journal => ({
  entity: keptAudit(auditConfig().AUDIT_RETENTION_DAYS),
  clock,
  ulid,
  currentActor,
  recorded: (entry) => log().info("audit entry recorded", entry),
});

/** Table for configuration stores, which audits their changes. */
export const audited = (...kinds: readonly Audited[]) => auditedTable(table(), kinds, journal());

/** Records a change to something that is no item of the table. */
export const recordChange = (change: AuditedChange) => writeJournaled(table(), journal(), [], [change]);

/** Records sign-ins, sign-outs and denied requests. */
export const accessEvents = lazy(() => accessEventRecorder(table(), journal(), recentValues(60_000, clock)));

export const alerts = lazy(() => alertStore(table(), retentionConfig().ALERT_RETENTION_DAYS));
export const accounts = lazy(() => accountStore(audited(auditedAccount)));
/** Accounts, for sign-ins and sign-outs, which the audit log has entries of its own for. */
export const sessionAccounts = lazy(() => accountStore(table()));
export const providerSessions = lazy(() => providerSessionStore(table()));
export const usedTokens = lazy(() => usedTokenStore(table()));
export const apiKeys = lazy(() => apiKeyStore(audited(auditedApiKey)));
/** Looks keys up and records their use, which changes no configuration. Small, because most functions need it. */
export const keyLookup = lazy(() => apiKeyStore(table()));
export const audit = lazy(() => auditStore(table()));
export const auditChain = lazy(() => auditChainStore(table()));
export const endedSessions = lazy(() => endedSessionStore(table()));
export const forgettings = lazy(() => forgettingStore(table()));
export const linkedAccounts = lazy(() => linkedAccountStore(table()));
export const listening = lazy(() => listeningStore(table()));

export const heartbeats = lazy(() => heartbeatStore(audited(auditedHeartbeat)));
export const suppressedAlerts = lazy(() => suppressedAlertStore(table()));
export const incidents = lazy(() => incidentStore(table(), clock));
export const incidentEvents = lazy(() => incidentEventStore(table(), retentionConfig().EVENT_RETENTION_DAYS));
export const integrations = lazy(() => integrationStore(audited(auditedIntegration)));
export const drills = lazy(() => drillStore(table()));
export const chatMessages = lazy(() => chatMessageStore(table()));
export const changes = lazy(() => changeStore(table()));
export const integrationActivity = lazy(() => integrationActivityStore(table()));
export const memory = lazy(() => integrationMemory(table()));
export const notifications = lazy(() =>
  notificationStore(table(), retentionConfig().NOTIFICATION_RETENTION_DAYS),
);
export const pageCounter = lazy(() => makePageCounter(table()));
export const pageTallies = lazy(() => pageTallyStore(table()));
export const pageWindows = lazy(() => pageWindowStore(table()));
export const pushDevices = lazy(() => pushDeviceStore(audited(auditedPushDevices)));
export const reachability = lazy(() => reachabilityStore(table()));
export const roles = lazy(() => roleStore(audited(auditedRoles)));
export const schedules = lazy(() => scheduleStore(audited(...auditedSchedule)));
export const ruleStore = lazy(() => makeRuleStore(audited(...auditedRules)));
export const services = lazy(() => serviceStore(audited(auditedService)));
export const stats = lazy(() => statsStore(table()));
export const teamChannels = lazy(() => teamChannelStore(audited(auditedTeamChannels)));
export const timers = lazy(() => timerStore(table()));
export const users = lazy(() => userStore(audited(auditedUser)));
export const phones = lazy(() => phoneStore(table()));
export const webhooks = lazy(() => webhookStore(audited(auditedWebhook)));
