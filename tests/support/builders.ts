/** Builders of domain values with defaults. Tests set only the relevant fields. */
import type { SQSRecord } from "aws-lambda";
import { encodeTime, TIME_LEN } from "ulid";
import { sha256 } from "../../shared/crypto/sha256.ts";
import type { Account } from "../../shared/domain/access/account.ts";
import type { ApiKey } from "../../shared/domain/access/api-key.ts";
import type { ActorContext, AuditEntry } from "../../shared/domain/access/audit.ts";
import type { User } from "../../shared/domain/access/contact.ts";
import type { Alert, AlertDraft, RecordedAlert } from "../../shared/domain/alerts/alert.ts";
import type { Heartbeat, Pulse } from "../../shared/domain/alerts/heartbeat.ts";
import type { RoutingRule } from "../../shared/domain/alerts/routing.ts";
import type { Silence } from "../../shared/domain/alerts/silence.ts";
import type { Incident } from "../../shared/domain/incidents/incident.ts";
import type { IncidentEvent, Note } from "../../shared/domain/incidents/incident-event.ts";
import type { Integration } from "../../shared/domain/integrations/integration.ts";
import { type Notification, newNotification } from "../../shared/domain/notifications/notification.ts";
import { type Webhook, webhookEvents } from "../../shared/domain/notifications/webhook.ts";
import type { EscalationPolicy, EscalationTarget } from "../../shared/domain/oncall/escalation.ts";
import {
  type Override,
  onCallRoles,
  planOfSimpleSchedule,
  type Schedule,
  type SimpleSchedule,
} from "../../shared/domain/oncall/schedule.ts";
import { defaultServiceSettings, newService, type Service } from "../../shared/domain/oncall/service.ts";
import type { AnswerAs, Authorize } from "../../shared/use-cases/ports/access.ts";
import type { Ulid } from "../../shared/use-cases/ports/system.ts";

/** Default time of tests, a Monday: 2026-11-23T10:00:00Z. */
export const monday = Date.UTC(2026, 10, 23, 10);

export const seconds = (count: number): number => count * 1_000;
export const minutes = (count: number): number => count * 60_000;
export const days = (count: number): number => count * 86_400_000;

/** ULIDs with a counting random part: reproducible, and sorted by creation. */
export function countingUlids(drawn = { count: 0 }): Ulid {
  return (now) => {
    drawn.count += 1;
    return encodeTime(now, TIME_LEN) + String(drawn.count).padStart(16, "0");
  };
}

let made = 0;
/** Returns a text that no other call has returned. */
export function unique(prefix: string): string {
  made += 1;
  return `${prefix}${String(made).padStart(6, "0")}`;
}

const ulid = countingUlids();

export function aDraft(fields: Partial<AlertDraft> = {}): AlertDraft {
  return {
    service: "checkout",
    severity: "critical",
    message: "error rate over 5%",
    source: "api",
    labels: {},
    dedupKey: null,
    action: "trigger",
    timestamp: null,
    ...fields,
  };
}

export function anAlert(fields: Partial<Alert> = {}): Alert {
  const receivedAt = fields.receivedAt ?? monday;
  return {
    ...aDraft(),
    id: `alt_${ulid(receivedAt)}`,
    timestamp: receivedAt,
    receivedAt,
    ...fields,
  };
}

export function aRecordedAlert(fields: Partial<RecordedAlert> = {}): RecordedAlert {
  const alert = anAlert(fields);
  return { ...alert, outcome: "new_incident", incidentId: alert.id.replace("alt_", "inc_"), ...fields };
}

export function anIncident(fields: Partial<Incident> = {}): Incident {
  const createdAt = fields.createdAt ?? monday;
  const id = fields.id ?? `inc_${ulid(createdAt)}`;
  return {
    id,
    number: 1,
    title: "[CRITICAL] checkout: error rate over 5%",
    description: null,
    service: "checkout",
    team: "payments",
    severity: "critical",
    status: "open",
    assignedTo: null,
    dedupKey: null,
    source: "api",
    alertCount: 1,
    lastAlertAt: createdAt,
    createdAt,
    updatedAt: createdAt,
    acknowledgedAt: null,
    acknowledgedBy: null,
    resolvedAt: null,
    resolvedBy: null,
    escalation: null,
    ...defaultServiceSettings,
    countedAlerts: {},
    pendingEvents: [],
    version: 0,
    ...fields,
  };
}

export function anEvent(fields: Partial<IncidentEvent> = {}): IncidentEvent {
  const at = fields.at ?? monday;
  return {
    id: `evt_${ulid(at)}`,
    incidentId: "inc_01",
    at,
    actor: null,
    type: "acknowledged",
    ...fields,
  } as IncidentEvent;
}

export function aNote(fields: Partial<Note> = {}): Note {
  const createdAt = fields.createdAt ?? monday;
  return {
    id: `nte_${ulid(createdAt)}`,
    incidentId: "inc_01",
    author: "ada@example.com",
    content: "rolled back",
    createdAt,
    ...fields,
  };
}

export function aNotification(fields: Partial<Notification> = {}): Notification {
  const createdAt = fields.createdAt ?? monday;
  return newNotification({
    id: `ntf_${ulid(createdAt)}`,
    kind: "page",
    incidentId: "inc_01",
    channel: "email",
    recipient: "ada@example.com",
    address: fields.recipient ?? "ada@example.com",
    message: "#1 error rate over 5%",
    severity: "critical",
    createdAt,
    ...fields,
  });
}

/** A valid API key. */
export function anApiKey(fields: Partial<ApiKey> = {}): ApiKey {
  return {
    id: `key_${ulid(monday)}`,
    name: "ops",
    scopes: ["admin"],
    teams: null,
    breakGlass: false,
    keyPrefix: "ipk_abcdef",
    keyDigest: sha256(unique("key ")),
    createdAt: monday,
    rotatedAt: null,
    validUntil: null,
    revokedAt: null,
    version: 0,
    ...fields,
  };
}

export function aWebhook(fields: Partial<Webhook> = {}): Webhook {
  return {
    id: `whk_${ulid(monday)}`,
    team: "payments",
    url: "https://tickets.example.com/hook",
    description: null,
    events: webhookEvents,
    enabled: true,
    disabledReason: null,
    secret: `whsec_${Buffer.alloc(32, "s").toString("base64")}`,
    previousSecret: null,
    previousSecretUntil: null,
    createdAt: monday,
    updatedAt: monday,
    version: 0,
    ...fields,
  };
}

export function anIntegration(fields: Partial<Integration> = {}): Integration {
  return {
    id: `int_${ulid(monday)}`,
    name: "disks",
    type: "generic",
    service: "checkout",
    settings: {},
    keyDigest: sha256(unique("key ")),
    createdAt: monday,
    rotatedAt: null,
    version: 0,
    ...fields,
  };
}

export function aUser(fields: Partial<User> = {}): User {
  return {
    email: "ada@example.com",
    name: "Ada",
    timezone: "UTC",
    contactMethods: [
      { id: "mail", channel: "email", address: "ada@example.com" },
      { id: "phone", channel: "sms", address: "+4915112345678" },
    ],
    notificationRules: [],
    lowUrgencyRules: [],
    updatedAt: monday,
    ...fields,
  };
}

export function anAccount(fields: Partial<Account> = {}): Account {
  return {
    id: "acc_1",
    email: "ada@example.com",
    name: "Ada",
    identity: { issuer: "https://id.example.com", subject: "1" },
    active: true,
    groups: [],
    claimedGroups: [],
    sessionsEndBefore: 0,
    endedSessions: [],
    createdAt: monday,
    signedInAt: monday,
    version: 1,
    ...fields,
  };
}

export const ada = { name: "Ada", email: "ada@example.com" };
export const bob = { name: "Bob", email: "bob@example.com" };
export const cyd = { name: "Cyd", email: "cyd@example.com" };

export function aSimpleSchedule(fields: Partial<SimpleSchedule> = {}): SimpleSchedule {
  return {
    timezone: "UTC",
    rotationType: "weekly",
    members: [
      { ...ada, role: "primary" },
      { ...bob, role: "primary" },
    ],
    handoffTime: "09:00",
    handoffDay: "monday",
    startsOn: "2026-11-23",
    handoffNotices: false,
    ...fields,
  };
}

export function aSchedule(fields: Partial<Schedule> = {}, simple: Partial<SimpleSchedule> = {}): Schedule {
  const createdAt = fields.createdAt ?? monday;
  return {
    id: `sch_${ulid(createdAt)}`,
    team: "payments",
    ...planOfSimpleSchedule(aSimpleSchedule(simple), createdAt),
    inForceFrom: null,
    inForceUntil: null,
    createdAt,
    updatedAt: createdAt,
    calendarToken: "token",
    version: 0,
    ...fields,
  };
}

export function anOverride(fields: Partial<Override> = {}): Override {
  const createdAt = fields.createdAt ?? monday;
  return {
    id: `ovr_${ulid(createdAt)}`,
    team: "payments",
    role: "primary",
    person: cyd,
    replaces: null,
    reason: null,
    start: monday,
    end: monday + days(1),
    createdAt,
    ...fields,
  };
}

/** A rule that matches every alert and changes nothing. */
export function aRule(fields: Partial<RoutingRule> = {}): RoutingRule {
  return {
    name: "all",
    matchers: [],
    service: null,
    team: null,
    severity: null,
    urgency: null,
    dedupKey: null,
    drop: false,
    group: null,
    inhibitedBy: null,
    flapping: null,
    continues: false,
    ...fields,
  };
}

/** A silence for all alerts of the service, for ten minutes. */
export function aSilence(fields: Partial<Silence> = {}): Silence {
  const createdAt = fields.createdAt ?? monday;
  return {
    id: `sil_${ulid(createdAt)}`,
    matchers: [{ field: "service", op: "=", value: "checkout" }],
    startsAt: createdAt,
    endsAt: createdAt + minutes(10),
    plannedEnd: null,
    windows: null,
    createdBy: "ada",
    comment: "moving the database",
    createdAt,
    version: 1,
    ...fields,
  };
}

/** Permits every change, as for work without a caller. */
export const permitted: Authorize = async () => {};
export const permittedAnswer: AnswerAs = (_answerer, _action, run) => run();

/** A heartbeat monitor with an interval of one minute and a grace of 30 seconds. */
export function aHeartbeat(fields: Partial<Heartbeat> = {}): Heartbeat {
  const createdAt = fields.createdAt ?? monday;
  return {
    id: `hbt_${ulid(createdAt)}`,
    name: "nightly backup",
    service: "checkout",
    team: null,
    severity: "high",
    intervalSeconds: 60,
    graceSeconds: 30,
    paused: false,
    keyPrefix: "key-00",
    keyDigest: sha256(`key of ${createdAt}`),
    createdAt,
    rotatedAt: null,
    version: 1,
    ...fields,
  };
}

export function aPulse({ id, keyDigest }: Heartbeat, fields: Partial<Pulse> = {}): Pulse {
  return {
    heartbeatId: id,
    keyDigest,
    timeoutSeconds: 90,
    graceSeconds: 30,
    paused: false,
    resumedAt: null,
    lastBeatAt: null,
    missingSince: null,
    notices: [],
    wakeAt: null,
    version: 1,
    ...fields,
  };
}

/** A policy with one rule per list of targets: roles of the team's schedule, or people by email. */
export function aPolicy(
  fields: { rules?: readonly (readonly string[])[]; delaySeconds?: number; repeat?: number } = {},
): EscalationPolicy {
  const { rules = [["primary"], ["secondary"]], delaySeconds = 60, repeat = 0 } = fields;
  return {
    rules: rules.map((targets) => ({ targets: targets.map(targetOf), delaySeconds })),
    repeat,
  };
}

function targetOf(name: string): EscalationTarget {
  const role = onCallRoles.find((known) => known === name);
  return role ? { type: "schedule", role } : { type: "user", email: name };
}

export interface RecordOptions {
  readonly groupId?: string;
  readonly receiveCount?: number;
  readonly sentAt?: number;
  readonly messageId?: string;
}

/** An SQS record as in a Lambda event. */
export function sqsRecord(body: unknown, options: RecordOptions = {}): SQSRecord {
  const messageId = options.messageId ?? unique("message-");
  return {
    messageId,
    receiptHandle: `receipt-of-${messageId}`,
    body: typeof body === "string" ? body : JSON.stringify(body),
    attributes: {
      ApproximateReceiveCount: String(options.receiveCount ?? 1),
      SentTimestamp: String(options.sentAt ?? monday),
      SenderId: "test",
      ApproximateFirstReceiveTimestamp: String(monday),
      ...(options.groupId !== undefined && { MessageGroupId: options.groupId }),
    },
    messageAttributes: {},
    md5OfBody: "",
    eventSource: "aws:sqs",
    eventSourceARN: "arn:aws:sqs:eu-central-1:000000000000:test",
    awsRegion: "eu-central-1",
  };
}

/** A service of the team `payments`, with the default settings. */
export function aService(fields: Partial<Service> = {}): Service {
  return { name: "checkout", team: "payments", ...newService, updatedAt: monday, ...fields };
}

export function anActorContext(changes: Partial<ActorContext> = {}): ActorContext {
  return {
    actor: "ops",
    actorKind: "key",
    subject: null,
    right: "manage",
    ipAddress: "203.0.113.7",
    method: "PUT",
    path: "/x",
    requestId: "r",
    ...changes,
  };
}

export function anAuditEntry(fields: Partial<AuditEntry> = {}): AuditEntry {
  return {
    id: `aud_${ulid(monday)}`,
    at: monday,
    event: "change",
    ...anActorContext(),
    resource: "service",
    resourceId: "checkout",
    before: null,
    after: { name: "checkout" },
    isChained: true,
    ...fields,
  };
}
