/**
 * Permissions of each function besides logs and metrics. infra/stack/per-function.ts generates a role from
 * each row.
 */

import { accountPrefix, apiKeyPrefixes, auditPrefix, partitions } from "../../shared/storage/keys.ts";
import type { IndexName } from "../../shared/storage/table.ts";
import { channelSettingNames } from "./channel-settings.ts";
import type { FoundFunction } from "./function-definition.ts";

export interface Permissions {
  /** Methods of `Table` that it calls. `transact` counts as put, and a list of an index as getAll. */
  readonly table?: readonly TableVerb[];
  readonly indexes?: readonly IndexName[];
  readonly sends?: readonly Queue[];
  readonly consumes?: Queue;
  /** Dead-letter queues whose messages it receives and deletes. */
  readonly redrives?: readonly Queue[];
  /** Dead-letter queues whose messages it receives, but cannot delete. */
  readonly inspects?: readonly Queue[];
  /** Queues whose attributes it reads. */
  readonly probes?: readonly Queue[];
  /** Settings that it reads from the parameter store, if they refer to it. */
  readonly parameters?: readonly string[];
}

export type Queue =
  | "Alerts"
  | "AlertsDeadLetter"
  | "IncidentEvents"
  | "IncidentEventsDeadLetter"
  | "IncidentTimers"
  | "IncidentTimersDeadLetter"
  | "Notifications"
  | "NotificationsDeadLetter"
  | "Telemetry";

export const tableActions = {
  get: "dynamodb:GetItem",
  getAll: "dynamodb:BatchGetItem",
  put: "dynamodb:PutItem",
  putAll: "dynamodb:BatchWriteItem",
  increment: "dynamodb:UpdateItem",
  remove: "dynamodb:DeleteItem",
  query: "dynamodb:Query",
} as const;
export type TableVerb = keyof typeof tableActions;

/** Permissions to change an incident: read it, write it, publish its events. */
const changes = { table: ["get", "put", "putAll"], sends: ["IncidentEvents"] } as const;

/**
 * Permissions to acknowledge an incident, which is assigned to a person of the team's schedule, and to read its notes for
 * a repeat.
 */
const acknowledges = { ...changes, table: [...changes.table, "query"] } as const;

/** Dead-letter queues of the queues that an alert passes through, which the UI shows and redrives. */
const deadLetterQueues = [
  "AlertsDeadLetter",
  "IncidentEventsDeadLetter",
  "IncidentTimersDeadLetter",
  "NotificationsDeadLetter",
] as const;

/** Queues and dead-letter queues whose messages the UI counts. */
const pipelineQueues = [
  "Alerts",
  "IncidentEvents",
  "IncidentTimers",
  "Notifications",
  ...deadLetterQueues,
] as const;

export const permissions: Readonly<Record<string, Permissions>> = {
  // alerts
  receiveAlerts: { table: ["get", "put"], sends: ["Alerts"] },
  listAlerts: { table: ["get", "query", "getAll"], indexes: ["gsi1"] },
  getAlert: { table: ["get"] },
  correlateAlerts: {
    table: ["get", "getAll", "put", "putAll", "increment", "remove", "query"],
    indexes: ["gsi2"],
    sends: ["Alerts", "AlertsDeadLetter", "IncidentEvents"],
    consumes: "Alerts",
  },
  getRoutingRules: { table: ["get"] },
  putRoutingRules: { table: ["get", "put"] },
  previewRoutingRules: { table: ["query"] },
  listSilences: { table: ["getAll"], indexes: ["gsi1"] },
  getSilence: { table: ["get"], indexes: ["gsi2"] },
  createSilence: { table: ["get", "put", "query"] },
  previewSilence: { table: ["query"] },
  updateSilence: { table: ["get", "put", "remove"], indexes: ["gsi2"] },
  endSilence: { table: ["get", "put", "remove"], indexes: ["gsi2"] },
  listHeartbeats: { table: ["get", "getAll"], indexes: ["gsi1"] },
  getHeartbeat: { table: ["get", "getAll"] },
  createHeartbeat: { table: ["get", "put"] },
  updateHeartbeat: { table: ["get", "getAll", "put"] },
  rotateHeartbeat: { table: ["get", "getAll", "put", "remove"] },
  deleteHeartbeat: { table: ["get", "getAll", "remove"], sends: ["Alerts"] },
  receiveBeat: { table: ["get", "getAll", "put"], sends: ["Alerts"] },
  receiveBeatByGet: { table: ["get", "getAll", "put"], sends: ["Alerts"] },
  sweepAlerts: {
    table: ["get", "getAll", "put", "remove", "query"],
    indexes: ["gsi1", "gsi2", "gsi6"],
    sends: ["Alerts"],
    redrives: ["AlertsDeadLetter"],
  },

  // incidents
  createIncident: { table: ["get", "put", "putAll", "increment", "query"], sends: ["IncidentEvents"] },
  listIncidents: { table: ["getAll"], indexes: ["gsi1", "gsi2", "gsi3", "gsi4", "gsi5"] },
  getIncidentStats: { table: ["getAll", "put", "query"], indexes: ["gsi1"] },
  getIncident: { table: ["get", "getAll", "query"], indexes: ["gsi1", "gsi2"] },
  updateIncident: { ...acknowledges, table: [...acknowledges.table, "getAll"] },
  acknowledgeIncident: acknowledges,
  resolveIncident: acknowledges,
  mergeIncident: { ...acknowledges, table: [...acknowledges.table, "getAll"] },
  snoozeIncident: acknowledges,
  unacknowledgeIncident: acknowledges,
  reopenIncident: { ...acknowledges, table: [...acknowledges.table, "getAll"] },
  requestResponders: { ...acknowledges, table: [...acknowledges.table, "getAll"] },
  addNote: { table: ["get", "put"], sends: ["IncidentEvents"] },
  getTimeline: { table: ["get", "getAll", "query"], indexes: ["gsi2"] },
  getIncidentMetrics: { table: ["get", "getAll", "query"], indexes: ["gsi2"] },
  onIncidentEvent: {
    table: ["get", "getAll", "put", "increment", "query"],
    indexes: ["gsi2"],
    sends: ["Notifications", "IncidentTimers", "IncidentEventsDeadLetter"],
    consumes: "IncidentEvents",
  },
  fireTimer: {
    table: ["get", "put", "putAll", "increment", "remove", "query"],
    sends: ["IncidentEvents", "IncidentTimers", "IncidentTimersDeadLetter"],
    consumes: "IncidentTimers",
  },
  republishEvents: {
    table: ["getAll", "put", "putAll"],
    indexes: ["gsi6"],
    sends: ["IncidentEvents"],
    redrives: ["IncidentEventsDeadLetter"],
  },
  sweepTimers: {
    table: ["get", "getAll", "put", "putAll", "remove", "query"],
    indexes: ["gsi6"],
    sends: ["IncidentEvents", "IncidentTimers"],
    redrives: ["IncidentTimersDeadLetter"],
  },

  // on-call
  createSchedule: { table: ["get", "put", "query"] },
  listSchedules: { table: ["getAll"], indexes: ["gsi1"] },
  getSchedule: { table: ["query"] },
  replaceSchedule: { table: ["get", "query", "put"] },
  updateSchedule: { table: ["get", "query", "put"] },
  deleteSchedule: { table: ["get", "query", "put", "remove"] },
  previewSchedule: {},
  rotateCalendarToken: { table: ["get", "put", "query"] },
  getCalendar: { table: ["query"] },
  getCurrentOnCall: { table: ["query"] },
  listShifts: { table: ["query"] },
  createOverride: { table: ["get", "put", "query"], indexes: ["gsi2"] },
  endOverrides: { table: ["get", "query", "put", "remove"], indexes: ["gsi2"] },
  listOverrides: { table: ["query", "getAll"], indexes: ["gsi1"] },
  endOverride: { table: ["get", "put", "remove"], indexes: ["gsi2"] },
  getPolicy: { table: ["query"] },
  putPolicy: { table: ["get", "put", "query"] },
  escalate: { table: ["get", "put", "putAll", "query"], sends: ["IncidentEvents"] },
  listEscalations: { table: ["get", "getAll"], indexes: ["gsi1", "gsi2", "gsi4"] },
  listTeams: { table: ["query"], indexes: ["gsi1"] },
  simulate: { table: ["get", "getAll", "query"], indexes: ["gsi2"] },
  listReadiness: { table: ["get", "getAll", "query"], indexes: ["gsi1"] },
  putReadiness: { table: ["get", "put", "query"] },
  getCoverage: { table: ["get", "query"] },
  listHandoffs: { table: ["query"] },
  sendHandoffNotices: {
    table: ["get", "query", "getAll", "put"],
    indexes: ["gsi2", "gsi3", "gsi6"],
    sends: ["Notifications"],
  },
  putService: { table: ["get", "put", "query"] },
  getService: { table: ["get"] },
  listServices: { table: ["getAll"], indexes: ["gsi1"] },
  deleteService: { table: ["get", "remove"] },

  // notifications
  createNotification: { table: ["get", "put"], sends: ["Notifications"] },
  listNotifications: { table: ["get", "getAll"], indexes: ["gsi1", "gsi2", "gsi3"] },
  getNotification: { table: ["get"] },
  receiveReceipt: { table: ["get", "put"], parameters: ["SIGNING_SECRET"] },
  getProof: { table: ["get"] },
  putUser: { table: ["get", "put", "remove"] },
  getUser: { table: ["get"] },
  getPushKey: {},
  createPushSubscription: { table: ["get", "put"] },
  deletePushSubscription: { table: ["get", "put"] },
  deleteUser: { table: ["get", "put", "remove"] },
  forgetUser: { table: ["get", "getAll", "put", "query", "remove"], indexes: ["gsi1", "gsi3"] },
  verifyContactMethod: { table: ["get", "put"], sends: ["Notifications"] },
  listUsers: { table: ["getAll"], indexes: ["gsi1"] },
  putTeamChannels: { table: ["get", "put"] },
  getTeamChannels: { table: ["get"] },
  createWebhook: { table: ["get", "put", "query"] },
  updateWebhook: { table: ["get", "put"] },
  deleteWebhook: { table: ["get", "remove"] },
  rotateWebhookSecret: { table: ["get", "put"] },
  testWebhook: { table: ["get", "put"], sends: ["Notifications"] },
  replayDelivery: { table: ["get", "put"], sends: ["Notifications"] },
  listWebhooks: { table: ["query"] },
  getWebhook: { table: ["get"] },
  listDeliveries: { table: ["get", "getAll"], indexes: ["gsi3"] },
  getDelivery: { table: ["get"] },
  deliverNotification: {
    table: ["get", "getAll", "put", "increment", "query"],
    indexes: ["gsi3"],
    sends: ["Notifications", "NotificationsDeadLetter"],
    consumes: "Notifications",
    parameters: ["SIGNING_SECRET", ...channelSettingNames],
  },
  redriveNotifications: { table: ["get"], sends: ["Notifications"], redrives: ["NotificationsDeadLetter"] },
  receiveSlackAction: {
    ...acknowledges,
    table: [...acknowledges.table, "getAll", "increment"],
    indexes: ["gsi3"],
    parameters: ["SLACK_SIGNING_SECRET", "SLACK_BOT_TOKEN"],
  },
  receiveTelegramUpdate: {
    ...acknowledges,
    table: [...acknowledges.table, "getAll", "increment"],
    indexes: ["gsi3"],
    parameters: ["TELEGRAM_WEBHOOK_SECRET"],
  },
  receiveChatAction: { ...acknowledges, parameters: ["SIGNING_SECRET"] },
  receiveSms: {
    ...acknowledges,
    table: [...acknowledges.table, "getAll", "remove"],
    indexes: ["gsi3"],
    parameters: ["TWILIO_AUTH_TOKEN"],
  },
  receiveCall: {
    ...acknowledges,
    table: [...acknowledges.table, "getAll"],
    indexes: ["gsi3"],
    sends: ["IncidentEvents", "Notifications"],
    parameters: ["SIGNING_SECRET", "TWILIO_AUTH_TOKEN"],
  },
  receiveVonageCall: {
    ...acknowledges,
    table: [...acknowledges.table, "getAll"],
    indexes: ["gsi3"],
    sends: ["IncidentEvents", "Notifications"],
    parameters: ["SIGNING_SECRET", "VONAGE_SIGNATURE_SECRET"],
  },
  receiveDeliveryReport: {
    table: ["get", "getAll", "put"],
    sends: ["Notifications"],
    parameters: ["TWILIO_AUTH_TOKEN"],
  },
  receiveEmailReply: {
    ...acknowledges,
    table: [...acknowledges.table, "getAll"],
    indexes: ["gsi3"],
    sends: ["IncidentEvents", "Notifications"],
    parameters: ["SIGNING_SECRET"],
  },
  receiveSesEmail: {},

  // integrations
  createIntegration: { table: ["get", "put"] },
  updateIntegration: { table: ["get", "getAll", "put"] },
  rotateIntegration: { table: ["get", "getAll", "put", "remove"] },
  deleteIntegration: { table: ["get", "getAll", "remove"] },
  listIntegrations: { table: ["getAll"], indexes: ["gsi1"] },
  getIntegration: { table: ["get", "getAll", "query"] },
  receiveEvent: {
    table: ["get", "getAll", "put", "remove", "query"],
    indexes: ["gsi1", "gsi2", "gsi3"],
    sends: ["Alerts"],
  },

  // access
  createApiKey: { table: ["get", "put", "query"] },
  rotateApiKey: { table: ["get", "getAll", "put", "remove"] },
  revokeApiKey: { table: ["get", "getAll", "put"], indexes: ["gsi1"] },
  listApiKeys: { table: ["getAll"], indexes: ["gsi1"] },
  getApiKey: { table: ["get", "getAll"] },
  getMe: {},
  getRoles: { table: ["get"] },
  putRoles: { table: ["get", "getAll", "put"], indexes: ["gsi1"] },
  getTeamRoles: { table: ["get"] },
  putTeamRoles: { table: ["get", "put"] },
  listAudit: { table: ["getAll", "query"], indexes: ["gsi1", "gsi2", "gsi3"] },
  sealAuditLog: { table: ["put", "query", "remove"] },

  serveScim: { table: ["get", "getAll", "put", "remove"], indexes: ["gsi1", "gsi2"] },

  // system and web
  getHealth: { table: ["get"], probes: ["Alerts"] },
  getServiceHealth: { table: ["get"], probes: ["Alerts"] },
  getDocs: {},
  getDocsAsset: {},
  getOpenapi: {},
  fallback: {},
  showPage: {
    table: ["get", "getAll", "put", "query"],
    indexes: ["gsi1", "gsi2", "gsi3", "gsi4", "gsi5"],
    probes: pipelineQueues,
    inspects: deadLetterQueues,
  },
  act: {
    table: ["get", "getAll", "put", "putAll", "increment", "query", "remove"],
    indexes: ["gsi1", "gsi2", "gsi3", "gsi4", "gsi5"],
    sends: ["Alerts", "IncidentEvents", "IncidentTimers", "Notifications"],
    probes: pipelineQueues,
    redrives: deadLetterQueues,
  },
  startSignIn: { parameters: ["SIGNING_SECRET"] },
  finishSignIn: { table: ["get", "put", "remove"], parameters: ["SIGNING_SECRET", "OIDC_CLIENT_SECRET"] },
  signOutAtProvider: { table: ["get"], parameters: ["SIGNING_SECRET"] },
  receiveLogout: { table: ["get", "put"] },
  showLink: { table: ["get", "getAll", "query"], indexes: ["gsi1", "gsi2"], parameters: ["SIGNING_SECRET"] },
  followLink: {
    ...acknowledges,
    table: [...acknowledges.table, "getAll"],
    indexes: ["gsi1", "gsi2"],
    parameters: ["SIGNING_SECRET"],
  },
};

/** Partitions in which a function that asks for keys looks up keys and records their use. It creates no keys. */
export const keyLookups = {
  get: [apiKeyPrefixes.digest, apiKeyPrefixes.use],
  put: [apiKeyPrefixes.use],
} as const satisfies Partial<Record<TableVerb, readonly string[]>>;

/**
 * Partitions in which a function that accepts people looks up the account of a session and the roles, and records denied
 * requests. It can't read the audit log.
 */
export const personLookups = {
  get: [accountPrefix],
  put: [auditPrefix],
  query: [partitions.roles],
} as const satisfies Partial<Record<TableVerb, readonly string[]>>;

/** Returns what a function may do in partitions of sharding: read the sharded hours and, if it writes, measure loads. */
export function shardingVerbs({ table = [], indexes = [] }: Permissions): readonly TableVerb[] {
  if (table.length + indexes.length === 0) return [];
  return table.some((verb) => verb === "put" || verb === "putAll") ? ["get", "put", "increment"] : ["get"];
}

/** Public functions, and those with another authentication than keys. */
const withoutKeys: ReadonlySet<string> = new Set([
  "getCalendar",
  "receiveSlackAction",
  "receiveTelegramUpdate",
  "receiveChatAction",
  "receiveReceipt",
  "receiveSms",
  "receiveCall",
  "receiveVonageCall",
  "receiveDeliveryReport",
  "receiveEmailReply",
  "receiveSesEmail",
  "receiveEvent",
  "getHealth",
  "getServiceHealth",
  "getDocs",
  "getDocsAsset",
  "getOpenapi",
  "fallback",
  "receiveBeat",
  "receiveBeatByGet",
  "showLink",
  "followLink",
  "startSignIn",
  "finishSignIn",
  "signOutAtProvider",
  "receiveLogout",
]);

/** Functions that only keys may use: to send alerts, and to provision people. */
const onlyForKeys: ReadonlySet<string> = new Set(["receiveAlerts", "serveScim"]);

/** Returns true if a function accepts people who are signed in, as most do that ask for keys. */
export function acceptsPeople(found: Pick<FoundFunction, "name" | "definition">): boolean {
  return asksForKeys(found) && !onlyForKeys.has(found.name);
}

/** Returns true if a function looks up keys, which all other HTTP functions do. */
export function asksForKeys({ name, definition }: Pick<FoundFunction, "name" | "definition">): boolean {
  return (definition.events ?? []).some(({ httpApi }) => httpApi) && !withoutKeys.has(name);
}
