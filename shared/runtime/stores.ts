import { apiKeyStore, auditedApiKey } from "../storage/access/api-key-store.ts";
import { auditStore, keptAudit } from "../storage/access/audit-store.ts";
import { endedSessionStore } from "../storage/access/ended-session-store.ts";
import { auditedUser, userStore } from "../storage/access/user-store.ts";
import { alertStore } from "../storage/alerts/alert-store.ts";
import { auditedHeartbeat, heartbeatStore } from "../storage/alerts/heartbeat-store.ts";
import { heldAlertStore } from "../storage/alerts/held-alert-store.ts";
import { listeningStore } from "../storage/alerts/listening-store.ts";
import { auditedRules, ruleStore as makeRuleStore } from "../storage/alerts/rule-store.ts";
import { type Audited, auditedTable } from "../storage/audited-table.ts";
import { changeStore } from "../storage/incidents/change-store.ts";
import { incidentStore } from "../storage/incidents/incident-store.ts";
import { statsStore } from "../storage/incidents/stats-store.ts";
import { timerStore } from "../storage/incidents/timer-store.ts";
import { integrationActivityStore } from "../storage/integrations/integration-activity-store.ts";
import { integrationMemory } from "../storage/integrations/integration-memory.ts";
import { auditedIntegration, integrationStore } from "../storage/integrations/integration-store.ts";
import { notificationStore } from "../storage/notifications/notification-store.ts";
import { pageCounter as makePageCounter } from "../storage/notifications/page-counter.ts";
import { auditedTeamChannels, teamChannelStore } from "../storage/notifications/team-channel-store.ts";
import { auditedWebhook, webhookStore } from "../storage/notifications/webhook-store.ts";
import { auditedRota, rotaStore } from "../storage/oncall/rota-store.ts";
import { auditedService, serviceStore } from "../storage/oncall/service-store.ts";
import { acting } from "./acting.ts";
import { auditConfig, retentionConfig } from "./config.ts";
import { once } from "./once.ts";
import { table } from "./table.ts";
import { clock, ulid } from "./world.ts";

/** The table as stores of configuration have it: what they change is written down. */
const audited = (...kinds: readonly Audited[]) =>
  auditedTable(table(), kinds, {
    entity: keptAudit(auditConfig().AUDIT_RETENTION_DAYS),
    clock,
    ulid,
    acting,
  });

export const alerts = /* @__PURE__ */ once(() => alertStore(table(), retentionConfig().ALERT_RETENTION_DAYS));
export const apiKeys = /* @__PURE__ */ once(() => apiKeyStore(audited(auditedApiKey)));
export const audit = /* @__PURE__ */ once(() => auditStore(table()));
export const endedSessions = /* @__PURE__ */ once(() => endedSessionStore(table()));
export const listening = /* @__PURE__ */ once(() => listeningStore(table()));

export const heartbeats = /* @__PURE__ */ once(() => heartbeatStore(audited(auditedHeartbeat)));
export const heldAlerts = /* @__PURE__ */ once(() => heldAlertStore(table()));
export const incidents = /* @__PURE__ */ once(() =>
  incidentStore(table(), retentionConfig().EVENT_RETENTION_DAYS),
);
export const integrations = /* @__PURE__ */ once(() => integrationStore(audited(auditedIntegration)));
export const changes = /* @__PURE__ */ once(() => changeStore(table()));
export const integrationActivity = /* @__PURE__ */ once(() => integrationActivityStore(table()));
export const memory = /* @__PURE__ */ once(() => integrationMemory(table()));
export const notifications = /* @__PURE__ */ once(() =>
  notificationStore(table(), retentionConfig().NOTIFICATION_RETENTION_DAYS),
);
export const pageCounter = /* @__PURE__ */ once(() => makePageCounter(table()));
export const rotas = /* @__PURE__ */ once(() => rotaStore(audited(...auditedRota)));
export const ruleStore = /* @__PURE__ */ once(() => makeRuleStore(audited(...auditedRules)));
export const services = /* @__PURE__ */ once(() => serviceStore(audited(auditedService)));
export const stats = /* @__PURE__ */ once(() => statsStore(table()));
export const teamChannels = /* @__PURE__ */ once(() => teamChannelStore(audited(auditedTeamChannels)));
export const timers = /* @__PURE__ */ once(() => timerStore(table()));
export const users = /* @__PURE__ */ once(() => userStore(audited(auditedUser)));
export const webhooks = /* @__PURE__ */ once(() => webhookStore(audited(auditedWebhook)));
