import { lazy } from "../caching/lazy.ts";
import { recentValues } from "../caching/recent-values.ts";
import type { AuditedChange } from "../domain/access/audit.ts";
import { hourMs, minuteMs } from "../domain/time-units.ts";
import { accessEventRecorder } from "../storage/access/access-event-recorder.ts";
import { accountStore, auditedAccount } from "../storage/access/account-store.ts";
import { apiKeyStore } from "../storage/access/api-key-store.ts";
import { type Journal, writeJournaled } from "../storage/access/audit-journal.ts";
import { keptAudit } from "../storage/access/audit-store.ts";
import { endedSessionStore } from "../storage/access/ended-session-store.ts";
import { auditedRoles, roleStore } from "../storage/access/role-store.ts";
import { auditedUser, userStore } from "../storage/access/user-store.ts";
import { alertStore } from "../storage/alerts/alert-store.ts";
import { type Audited, auditedTable } from "../storage/audited-table.ts";
import { changeStore } from "../storage/incidents/change-store.ts";
import { incidentEventStore } from "../storage/incidents/incident-event-store.ts";
import { incidentStore } from "../storage/incidents/incident-store.ts";
import { statsStore } from "../storage/incidents/stats-store.ts";
import { timerStore } from "../storage/incidents/timer-store.ts";
import { auditedIntegration, integrationStore } from "../storage/integrations/integration-store.ts";
import { notificationStore } from "../storage/notifications/notification-store.ts";
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
export const accessEvents = lazy(() =>
  accessEventRecorder(table(), journal(), {
    nextSlots: recentValues(minuteMs, clock),
    leftOut: recentValues(hourMs, clock),
  }),
);

export const alerts = lazy(() => alertStore(table(), retentionConfig().ALERT_RETENTION_DAYS));
export const accounts = lazy(() => accountStore(audited(auditedAccount)));
/** Accounts, for sign-ins and sign-outs, which the audit log has entries of its own for. */
export const sessionAccounts = lazy(() => accountStore(table()));
/** Looks keys up and records their use, which changes no configuration. Small, because most functions need it. */
export const keyLookup = lazy(() => apiKeyStore(table()));
export const endedSessions = lazy(() => endedSessionStore(table()));
export const incidents = lazy(() => incidentStore(table(), clock));
export const incidentEvents = lazy(() => incidentEventStore(table(), retentionConfig().EVENT_RETENTION_DAYS));
export const integrations = lazy(() => integrationStore(audited(auditedIntegration)));
export const changes = lazy(() => changeStore(table()));
export const notifications = lazy(() =>
  notificationStore(table(), retentionConfig().NOTIFICATION_RETENTION_DAYS),
);
export const roles = lazy(() => roleStore(audited(auditedRoles)));
export const schedules = lazy(() => scheduleStore(audited(...auditedSchedule)));
export const services = lazy(() => serviceStore(audited(auditedService)));
export const stats = lazy(() => statsStore(table()));
export const timers = lazy(() => timerStore(table()));
export const users = lazy(() => userStore(audited(auditedUser)));
