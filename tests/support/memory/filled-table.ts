/** A table with one of every storable entity, and empty queues. */

import { sha256 } from "../../../shared/crypto/sha256.ts";
import { signInOf } from "../../../shared/domain/access/audit.ts";
import { noCounts } from "../../../shared/domain/access/forget/forgetting.ts";
import { silenceEndedAt } from "../../../shared/domain/alerts/silence.ts";
import { addToSuppressed } from "../../../shared/domain/alerts/suppressed-alert.ts";
import type { Incident } from "../../../shared/domain/incidents/incident.ts";
import type { IncidentEventBody } from "../../../shared/domain/incidents/incident-event.ts";
import { tally } from "../../../shared/domain/incidents/stats.ts";
import { limits } from "../../../shared/domain/limits.ts";
import { sealed } from "../../../shared/domain/notifications/proof.ts";
import { accessEventRecorder } from "../../../shared/storage/access/access-event-recorder.ts";
import { accountStore } from "../../../shared/storage/access/account-store.ts";
import { apiKeyStore, auditedApiKey } from "../../../shared/storage/access/api-key-store.ts";
import { auditChainStore } from "../../../shared/storage/access/audit-chain-store.ts";
import { keptAudit } from "../../../shared/storage/access/audit-store.ts";
import { endedSessionStore } from "../../../shared/storage/access/ended-session-store.ts";
import { forgettingStore } from "../../../shared/storage/access/forgetting-store.ts";
import { linkedAccountStore } from "../../../shared/storage/access/linked-account-store.ts";
import { phoneStore } from "../../../shared/storage/access/phone-store.ts";
import { providerSessionStore } from "../../../shared/storage/access/provider-session-store.ts";
import { pushDeviceStore } from "../../../shared/storage/access/push-device-store.ts";
import { reachabilityStore } from "../../../shared/storage/access/reachability-store.ts";
import { roleStore } from "../../../shared/storage/access/role-store.ts";
import { scimGroupStore, scimUserStore } from "../../../shared/storage/access/scim-store.ts";
import { usedTokenStore } from "../../../shared/storage/access/used-token-store.ts";
import { userStore } from "../../../shared/storage/access/user-store.ts";
import { alertStore } from "../../../shared/storage/alerts/alert-store.ts";
import { downtimeStore } from "../../../shared/storage/alerts/downtime-store.ts";
import { heartbeatStore } from "../../../shared/storage/alerts/heartbeat-store.ts";
import { ruleStore } from "../../../shared/storage/alerts/rule-store.ts";
import { suppressedAlertStore } from "../../../shared/storage/alerts/suppressed-alert-store.ts";
import { auditedTable } from "../../../shared/storage/audited-table.ts";
import { checkpointStore } from "../../../shared/storage/checkpoint-store.ts";
import { idempotencyStore } from "../../../shared/storage/idempotency-store.ts";
import { changeStore } from "../../../shared/storage/incidents/change-store.ts";
import { incidentEventStore } from "../../../shared/storage/incidents/incident-event-store.ts";
import { incidentStore } from "../../../shared/storage/incidents/incident-store.ts";
import { statsEntity, statsStore } from "../../../shared/storage/incidents/stats-store.ts";
import { timerStore } from "../../../shared/storage/incidents/timer-store.ts";
import { integrationActivityStore } from "../../../shared/storage/integrations/integration-activity-store.ts";
import { integrationMemory } from "../../../shared/storage/integrations/integration-memory.ts";
import { integrationStore } from "../../../shared/storage/integrations/integration-store.ts";
import { messageFailures } from "../../../shared/storage/message-failures.ts";
import { chatMessageStore } from "../../../shared/storage/notifications/chat-message-store.ts";
import { notificationStore } from "../../../shared/storage/notifications/notification-store.ts";
import { pageCounter } from "../../../shared/storage/notifications/page-counter.ts";
import { pageTallyStore } from "../../../shared/storage/notifications/page-tally-store.ts";
import { pageWindowStore } from "../../../shared/storage/notifications/page-window-store.ts";
import { teamChannelStore } from "../../../shared/storage/notifications/team-channel-store.ts";
import { webhookStore } from "../../../shared/storage/notifications/webhook-store.ts";
import { drillStore } from "../../../shared/storage/oncall/drill-store.ts";
import { scheduleStore } from "../../../shared/storage/oncall/schedule-store.ts";
import { serviceStore } from "../../../shared/storage/oncall/service-store.ts";
import type { Table } from "../../../shared/storage/table.ts";
import { sealAuditLog } from "../../../shared/use-cases/access/seal-audit-log.ts";
import {
  ada,
  aHeartbeat,
  aNote,
  aNotification,
  anAccount,
  anActorContext,
  anAlert,
  anApiKey,
  anEvent,
  anIncident,
  anIntegration,
  anOverride,
  aPolicy,
  aPulse,
  aRecordedAlert,
  aRule,
  aSchedule,
  aService,
  aSilence,
  aUser,
  aWebhook,
  countingUlids,
  days,
  minutes,
  monday,
} from "../builders.ts";

/** Line separators allowed in JSON, and names with a special meaning in JavaScript. */
const strangeText = "two\u2028lines\u2029 \u0000 \u0085 🚨 \r\n \ufffe";

export async function fill(table: Table): Promise<void> {
  await fillIncidents(table);
  await fillNotifications(table);
  await fillTeams(table);
  await fillKeys(table);
  await fillAlerting(table);
  await fillIntegrations(table);
  const tallied = {
    ...tally([]),
    byStatus: { resolved: 2 },
    bySeverity: { high: 2 },
    byService: JSON.parse('{"__proto__": 1, "7": 1}'),
    mttaSeconds: [1.5],
    mttrSeconds: [2],
  };
  await table.put({ item: statsEntity.toItem({ day: "2026-11-20", tally: tallied }) });
  const pagesOfDay = { day: "2026-11-21", tallies: [], countedTo: null, isFinal: true, version: 0 };
  await pageTallyStore(table).save(pagesOfDay, undefined);
  await statsStore(table).saveHours("2026-11-21", [{ tally: tallied, unresolved: ["inc_1"] }], undefined);
  await checkpointStore(table).save("incidents", "H4sI");
  const request = { bodyDigest: "b", seed: "s", startedAt: monday, reply: null };
  await endedSessionStore(table).end("session", monday);
  await usedTokenStore(table).use("token", monday + days(1));
  await providerSessionStore(table).put({
    name: "sid",
    accountId: "acc_1",
    idToken: "a.b.c",
    startedAt: monday,
  });
  const posted = { incidentId: "inc_1", channel: "slack", address: "#payments", reference: "C1:1.2" };
  const times = { startedAt: monday, shownId: "ntf_1", shownAt: monday, version: 1 };
  await chatMessageStore(table).save({ ...posted, ...times }, undefined);
  const linked = { service: "telegram", email: aUser().email, version: 1 } as const;
  await linkedAccountStore(table).put({ ...linked, account: "42", linkedAt: monday }, undefined);
  await linkedAccountStore(table).createCode({
    ...linked,
    digest: "code",
    expiresAt: monday + days(1),
    usedBy: null,
  });
  const forgetting = { digest: sha256("x"), pseudonym: ada, names: [strangeText], area: "audit" } as const;
  const progress = { position: null, counts: { ...noCounts, audit: 3 }, startedAt: monday, version: 0 };
  await forgettingStore(table).save({ ...forgetting, ...progress }, undefined);
  const provisioned = { externalId: strangeText, createdAt: monday, updatedAt: monday, version: 0 };
  await scimUserStore(table).create({
    ...provisioned,
    id: "usr_1",
    userName: "Ada",
    emails: [{ value: "ada@example.com", primary: true }],
    active: true,
    groups: [{ id: "grp_1", name: "SRE" }],
    accountId: null,
  });
  await scimGroupStore(table).create({ ...provisioned, id: "grp_1", displayName: "SRE", members: ["usr_1"] });
  await linkedAccountStore(table).countAttempt({ service: "telegram", account: "42" }, monday);
  await idempotencyStore(table).begin("key", request);
  await idempotencyStore(table).finish("key", {
    ...request,
    reply: { status: 201, body: '{"a": "\u2028"}', location: "/x" },
  });
}

async function fillIncidents(table: Table): Promise<void> {
  const incidents = incidentStore(table);
  const incidentEvents = incidentEventStore(table, 365);
  const create = async (fields: Partial<Incident>, key: string, policy = aPolicy()) =>
    incidents.create(anIncident({ number: await incidents.nextNumber(), ...fields }), key, policy);
  const open = await create({ countedAlerts: { "key#a.b": ["alt_1"] }, title: strangeText }, "key#a.b");
  await create({ pendingEvents: [anEvent()], createdAt: monday + 1 }, "key#pending");
  const resolved = await create({ createdAt: monday + 2, service: "search" }, "key#resolved");
  await incidents.save(
    {
      ...resolved,
      status: "resolved",
      resolvedAt: monday + 3,
      pendingEvents: [anEvent({ type: "resolved" })],
    },
    {
      notes: [aNote({ incidentId: resolved.id, content: strangeText })],
      claims: [{ key: "key#claimed", from: undefined }],
    },
  );
  const snoozed = await create({ ...lifecycle, status: "acknowledged", urgency: "low" }, "key#snoozed");
  const merged = await create({ mergedInto: snoozed.id, status: "resolved", lastPass: 2 }, "key#merged");
  await incidentEvents.appendEvents(
    eventsOfLifecycle({ id: snoozed.id, number: 1 }).map((event) =>
      anEvent({ incidentId: merged.id, ...event }),
    ),
  );
  await incidentEvents.appendEvents([
    anEvent({ incidentId: open.id }),
    anEvent({
      incidentId: open.id,
      type: "escalated",
      team: "payments",
      level: 2,
      pass: 1,
      recipients: [],
      nextAt: null,
      manual: true,
      reason: strangeText,
    }),
  ]);
  const timers = timerStore(table);
  await timers.put({
    kind: "escalation",
    incidentId: open.id,
    level: 1,
    pass: 1,
    dueAt: monday + minutes(5),
  });
  await timers.put({ kind: "auto_resolve", incidentId: open.id, dueAt: monday + days(1) });
  await alertStore(table, 90).record([
    aRecordedAlert({ incidentId: open.id, labels: JSON.parse('{"__proto__": "x", "1": 5e-324, "": false}') }),
    aRecordedAlert({ outcome: "dropped", incidentId: null, message: strangeText }),
  ]);
}

async function fillNotifications(table: Table): Promise<void> {
  const notifications = notificationStore(table, 365);
  const queued = aNotification({ id: "ntf_queued", dueAt: monday + minutes(7) });
  await notifications.create(queued);
  await notifications.create(
    aNotification({ id: "ntf_due", metadata: { text: strangeText, count: 3 }, incidentId: null }),
  );
  const sent = aNotification({ id: "ntf_sent", status: "sent", sentAt: monday });
  const attempt = { at: monday, ok: true, outcome: "sent", detail: "accepted" } as const;
  await notifications.create({ ...sent, attempts: [sealed(sent, attempt, sha256)] });
  const event = anEvent({ type: "severity_changed", from: "low", to: "high" });
  const webhook = { webhookId: "whk_1", team: "payments", messageId: "ntf_webhook", event };
  await notifications.create(
    aNotification({ id: "ntf_webhook", status: "failed", webhook, nextAttemptAt: monday }),
  );
  await pageCounter(table).count("ada@example.com", "checkout", monday);
  const method = { recipient: "ada@example.com", channel: "email", address: "ada@example.com" };
  const window = { ...method, firstPageId: "ntf_1", startedAt: monday, slot: 0, version: 0 };
  await pageWindowStore(table).save(window, undefined);
  await messageFailures(table).count("message-1", monday);
}

/** Creates API keys with their audit log entries: one that is sealed, and others that wait for their seal. */
async function fillKeys(table: Table): Promise<void> {
  const currentActor = () => anActorContext({ actor: strangeText, path: "/api/v1/keys" });
  const journal = { entity: keptAudit(400), clock: () => monday, ulid: countingUlids(), currentActor };
  const apiKeys = apiKeyStore(auditedTable(table, [auditedApiKey], journal));
  const key = anApiKey({ name: strangeText, validUntil: monday + days(90) });
  await apiKeys.create(key);
  await apiKeys.recordUse({ ...key, breakGlass: true }, monday, monday);
  await sealAuditLog({
    auditChain: auditChainStore(table),
    sha256,
    log: { info() {}, warn() {}, error() {} },
  });
  const by = { actor: strangeText, actorKind: "key", subject: null } as const;
  const unknown = { get: () => undefined, put() {} };
  await accessEventRecorder(table, journal, { nextSlots: unknown, leftOut: unknown })(
    signInOf(by, "api_key"),
  );
}

async function fillAlerting(table: Table): Promise<void> {
  const rules = ruleStore(table);
  const matchers = [{ field: "message", op: "=~", value: `.*${strangeText}` }] as const;
  await rules.putRouting({ rules: [aRule({ matchers })], inForceFrom: monday }, null);
  const hours = [
    { type: "weekly", startDay: "friday", start: "22:00", endDay: "monday", end: "06:00" },
  ] as const;
  const silence = aSilence({ windows: { timezone: "Europe/Berlin", hours }, comment: strangeText });
  await rules.createSilence(silence);
  await rules.replaceSilence(silence, silenceEndedAt(silence, monday + 1), monday + 1);
  const until = monday + minutes(9);
  const by = { kind: "silence", id: silence.id } as const;
  await suppressedAlertStore(table).put(
    addToSuppressed(undefined, anAlert({ message: strangeText }), { by, until }),
  );
  const heartbeat = aHeartbeat({ name: strangeText });
  const notices = [{ action: "trigger", at: monday }] as const;
  await downtimeStore(table).save({ version: 0, sweptAt: monday, gaps: [{ from: 0, to: monday }] });
  await heartbeatStore(table).create({ heartbeat, pulse: aPulse(heartbeat, { notices, wakeAt: monday }) });
}

async function fillIntegrations(table: Table): Promise<void> {
  const integration = anIntegration({
    name: strangeText,
    settings: { mapping: { message: "$.title" }, secret: strangeText },
    rotatedAt: monday,
  });
  const { id: integrationId, service } = integration;
  await integrationStore(table).create(integration);
  const activity = integrationActivityStore(table);
  await activity.add({ integrationId, events: 3, errors: 1, lastEventAt: monday });
  const error = { id: "err_1", integrationId, at: monday, status: 422, message: "no", excerpt: strangeText };
  await activity.appendError(error);
  const until = monday + days(1);
  await integrationMemory(table).remember({ integrationId, name: strangeText, text: strangeText, until });
  await changeStore(table).append({
    id: `chg_${countingUlids()(monday)}`,
    service,
    summary: strangeText,
    source: null,
    at: monday,
    links: [{ href: "https://example.com", text: null }],
    details: { [strangeText]: [1, null] },
  });
}

async function fillTeams(table: Table): Promise<void> {
  const schedules = scheduleStore(table);
  const schedule = aSchedule({ handoffNotices: true });
  await schedules.create(schedule);
  const changed = { ...schedule, timezone: "Europe/Berlin", inForceFrom: monday };
  await schedules.supersede({ ...schedule, inForceUntil: monday }, changed);
  const override = anOverride();
  await schedules.putOverride(override);
  await schedules.putOverride(anOverride({ createdAt: monday + 1, reason: strangeText }));
  await schedules.endOverride(override, override.start + 1);
  await schedules.putPolicy("payments", aPolicy({ repeat: 2 }));
  await schedules.putReadiness("payments", { withinSeconds: 60, channels: 1, drill: "weekly" });
  const drill = { team: "payments", week: "2026-11-23", email: aUser().email, startedAt: monday };
  const times = { answerBy: monday, answeredAt: null, missedAt: monday, canceledAt: null, version: 0 };
  await drillStore(table).save({ ...drill, ...times }, undefined);
  await teamChannelStore(table).put("payments", [
    { id: "room", channel: "slack", address: "#payments", events: ["triggered"] },
  ]);
  await webhookStore(table).create(aWebhook({ description: strangeText }));
  await serviceStore(table).put(aService({ name: "s".repeat(limits.serviceLength), autoResolveSeconds: 60 }));
  const contactMethods = [{ id: "phone", channel: "sms", address: "+4915112345678", verifiedAt: monday }];
  await userStore(table).put(aUser({ contactMethods }));
  const roles = roleStore(table);
  for (const team of [null, strangeText]) {
    const assignments = [
      { role: "viewer", email: "ada@example.com" },
      { role: "manager", group: strangeText },
    ] as const;
    await roles.replace(await roles.find(team), { team, assignments, version: 0 });
  }
  const known = await roles.find(null);
  await roles.replace(known, known, { version: 0 });
  await accountStore(table).create(anAccount({ name: strangeText, groups: [strangeText] }));
  const noDevices = { email: aUser().email, devices: [], version: 0 };
  const device = { id: "psh_1", endpoint: "https://push.example.com/1", p256dh: "p", auth: "a" };
  await pushDeviceStore(table).save(
    { ...noDevices, devices: [{ ...device, name: "Firefox on Android", createdAt: monday }] },
    noDevices,
  );
  const reachability = reachabilityStore(table);
  const unknown = await reachability.load(aUser().email);
  const code = { methodId: "phone", digest: "d", notificationId: "ntf_1", sentAt: monday, expiresAt: monday };
  await reachability.save({ ...unknown, codes: [{ ...code, failures: 1 }], answeredAt: monday }, unknown);
  await phoneStore(table).stop("+4915112345678", monday);
}

const later = monday + 3_600_000;

/** Everything that the lifecycle of an incident can add to it. */
const lifecycle: Partial<Incident> = {
  acknowledgedAt: monday,
  acknowledgementTimeoutSeconds: 600,
  snoozedUntil: later,
  acknowledgementExpiresAt: later,
  reopenedAt: monday,
  statusSince: { at: monday, by: null },
  mergedCount: 1,
  mergedFiring: ["key#merged"],
  responders: [{ name: strangeText, email: "eva@example.com", askedAt: monday, answeredAt: null }],
  raisesAt: later,
  urgencySetting: "by_severity",
  urgencyChosen: true,
  links: [{ text: strangeText, href: "https://runbook.example" }],
};

function eventsOfLifecycle(other: { readonly id: string; readonly number: number }): IncidentEventBody[] {
  const owner = { service: "checkout", team: "checkout" };
  return [
    { type: "snoozed", until: later },
    { type: "reopened", from: "acknowledged", cause: "snooze_ended" },
    { type: "merged", into: other },
    { type: "merged_from", from: other, alertCount: 2 },
    { type: "moved", from: owner, to: { ...owner, service: "search" } },
    { type: "urgency_changed", from: "high", to: "low", cause: "moved" },
    { type: "responders_requested", recipients: [], message: strangeText },
    { type: "responder_answered", responder: { name: strangeText, email: "eva@example.com" } },
  ];
}
