/**
 * Key builders, the only code that composes key strings.
 *
 * | item          | pk                    | sk           | indexes (gsisk)                                                    |
 * | ------------- | --------------------- | ------------ | ------------------------------------------------------------------ |
 * | incident      | INCIDENT#id           | INCIDENT     | 1 all, 2 of service, 3 of status, 4 of team, 5 of severity,        |
 * |               |                       |              | 6 with pending events, sparse (id)                                 |
 * | event         | INCIDENT#id           | EVENT#id     | escalations: 1 all, 2 of incident, 4 of team (id)                  |
 * | note          | INCIDENT#id           | NOTE#id      | 6 with its event pending, sparse (id)                              |
 * | timer         | INCIDENT#id           | TIMER#kind   | 6 all timers (due time)                                            |
 * | number        | INCIDENT_NUMBER#n     | NUMBER       |                                                                    |
 * | counter       | COUNTER#name          | COUNTER      |                                                                    |
 * | correlation   | CORRELATION#key       | CORRELATION  |                                                                    |
 * | alert         | ALERTS                | id           | 1 of incident (id)                                                 |
 * | notification  | NOTIFICATION#id       | NOTIFICATION | 1 all, 2 of incident, 3 of recipient (time and id)                 |
 * | chat message  | CHAT_MESSAGE#…        | MESSAGE      |                                                                    |
 * | schedule      | TEAM#name             | SCHEDULE     | 1 all, 2 with handoff notices (id)                                 |
 * | … superseded  | TEAM#name             | SUPERSEDED#… |                                                                    |
 * | override      | TEAM#name             | OVERRIDE#…   | 1 of team, 2 by id (id)                                            |
 * | … was ended   | TEAM#name             | OVERRIDES_…  |                                                                    |
 * | location      | LOCATION#id           | LOCATION     | key of an override or a silence, by its id                         |
 * | policy        | TEAM#name             | POLICY       |                                                                    |
 * | team channels | TEAM#name             | CHANNELS     |                                                                    |
 * | webhook       | TEAM#name             | WEBHOOK#id   |                                                                    |
 * | escalation    | INCIDENT#id           | ESCALATION   |                                                                    |
 * | service       | SERVICE#name          | SERVICE      | 1 all (time of change and name)                                    |
 * | user          | USER#email            | USER         | 1 all (time of change and email)                                   |
 * | account       | ACCOUNT#id            | ACCOUNT      | 1 all (id)                                                         |
 * | … its names   | ACCOUNT_NAME#…        | NAME         |                                                                    |
 * | … at provider | PROVIDER_SESSION#…    | SESSION      |                                                                    |
 * | used token    | USED_TOKEN#hash       | USED         |                                                                    |
 * | chat account  | LINKED_ACCOUNT#…      | ACCOUNT      |                                                                    |
 * | … link code   | LINK_CODE#hash        | CODE         |                                                                    |
 * | … attempts    | LINK_ATTEMPTS#…       | hour         |                                                                    |
 * | SCIM user     | SCIM_USER#id          | USER         | 1 all, 2 of external ID (id)                                       |
 * | SCIM group    | SCIM_GROUP#id         | GROUP        | 1 all, 2 of external ID (id)                                       |
 * | … their names | SCIM_NAME#…           | NAME         |                                                                    |
 * | forgetting    | FORGETTING#hash       | FORGETTING   |                                                                    |
 * | push devices  | USER#email            | PUSH_DEVICES |                                                                    |
 * | … phone       | PHONE#number          | OWNER        |                                                                    |
 * | … opted out   | PHONE#number          | STOPPED      |                                                                    |
 * | API key       | API_KEY#id            | KEY          | 1 all (id)                                                         |
 * | … its digest  | API_KEY_DIGEST#hash   | KEY          |                                                                    |
 * | … its use     | API_KEY_USE#id        | USE          | 6 of a break-glass key, not announced yet, sparse (key)            |
 * | roles         | ROLES                 | PLATFORM     | in all teams                                                       |
 * | … of a team   | ROLES                 | TEAM#name    |                                                                    |
 * | … their guard | ADMINISTRATOR_GUARD   | GUARD        |                                                                    |
 * | integration   | INTEGRATION#id        | INTEGRATION  | 1 all (id)                                                         |
 * | … its digest  | INTEGRATION_DIGEST#…  | INTEGRATION  |                                                                    |
 * | … its memory  | INTEGRATION_MEMORY#…  | MEMORY       |                                                                    |
 * | … its figures | INTEGRATION_ACTIVITY# | ACTIVITY     |                                                                    |
 * | … its errors  | INTEGRATION_ERRORS#id | id           |                                                                    |
 * | change        | SERVICE_CHANGES#name  | id           |                                                                    |
 * | audit entry   | AUDIT                 | id           | 1 of kind, 2 of resource, 3 of actor (id)                          |
 * | … its digest  | AUDIT_DIGESTS         | entry id     |                                                                    |
 * | … its slot    | AUDIT_SLOT#actor      | minute#slot  |                                                                    |
 * | … its seal    | SEALS                 | number       |                                                                    |
 * | routing rules | RULES                 | ROUTING      |                                                                    |
 * | silence       | RULES                 | ENDS#…       | 1 all, 2 by id (id)                                                |
 * | … ended early | ENDED_SILENCE#id      | ENDED        | 6 to check what it suppressed (time of its end)                    |
 * | suppressed    | HELD#key              | HELD         | 1 of silence, 6 to check (due time)                                |
 * | heartbeat     | HEARTBEAT#id          | HEARTBEAT    | 1 all (id)                                                         |
 * | … its pulse   | HEARTBEAT_KEY#hash    | PULSE        | 6 to check, sparse (due time)                                      |
 * | listening     | LISTENING             | LISTENING    |                                                                    |
 * | page counter  | PAGES#recipient and…  | window start |                                                                    |
 * | failures      | MESSAGE_FAILURES#id   | FAILURES     |                                                                    |
 * | stats         | STATS#day             | STATS        |                                                                    |
 * | … by hour     | STATS#day             | HOURS        |                                                                    |
 * | … pages       | STATS_OF_PAGES#day    | PAGES        |                                                                    |
 * | checkpoint    | CHECKPOINT#source     | PART#n       |                                                                    |
 * | idempotency   | IDEMPOTENCY#key       | IDEMPOTENCY  |                                                                    |
 * | ended session | ENDED_SESSION#hash    | ENDED        |                                                                    |
 * | import        | IMPORT                | IMPORT       |                                                                    |
 * | sharded hours | SHARDED_HOURS         | HOURS        |                                                                    |
 * | … their load  | SHARD_LOAD#…          | LOAD         |                                                                    |
 *
 * Reading who is on call takes one query. Overrides that end after a time, the policy and the current schedule are
 * adjacent. Superseded schedules follow, sorted by the end of their validity, then the team's webhooks. The team's
 * channels come before all of them.
 *
 * Reading the alerting rules takes one query too: silences that end after a time, then the routing rules.
 *
 * Partitions that every alert or incident writes to have shards (sharding/shards.ts), which the table adds to these
 * names.
 *
 * Most writes are alerts. Their partition is ordered by time, so an alert needs no index of its own. It costs one
 * write unit for the item and one for the index of its incident.
 */

import { sha256 } from "../crypto/sha256.ts";
import type { Key } from "./table.ts";

export const keys = {
  incident: (id: string): Key => ({ pk: `INCIDENT#${id}`, sk: "INCIDENT" }),
  event: (incidentId: string, id: string): Key => ({ pk: `INCIDENT#${incidentId}`, sk: `EVENT#${id}` }),
  note: (incidentId: string, id: string): Key => ({ pk: `INCIDENT#${incidentId}`, sk: `NOTE#${id}` }),
  timer: (incidentId: string, kind: string): Key => ({ pk: `INCIDENT#${incidentId}`, sk: `TIMER#${kind}` }),
  incidentNumber: (number: number): Key => ({ pk: `INCIDENT_NUMBER#${number}`, sk: "NUMBER" }),
  counter: (name: string): Key => ({ pk: `COUNTER#${name}`, sk: "COUNTER" }),
  correlation: (key: string): Key => ({ pk: `CORRELATION#${fitting(key)}`, sk: "CORRELATION" }),
  alert: (id: string): Key => ({ pk: partitions.alerts, sk: id }),
  notification: (id: string): Key => ({ pk: `NOTIFICATION#${id}`, sk: "NOTIFICATION" }),
  chatMessage: ({
    incidentId,
    channel,
    address,
  }: Readonly<Record<"incidentId" | "channel" | "address", string>>): Key => ({
    pk: `CHAT_MESSAGE#${fitting(JSON.stringify([incidentId, channel, address]))}`,
    sk: "MESSAGE",
  }),
  chatThread: ({ channel, reference }: Readonly<Record<"channel" | "reference", string>>): Key => ({
    pk: `CHAT_THREAD#${fitting(JSON.stringify([channel, reference]))}`,
    sk: "THREAD",
  }),
  schedule: (team: string): Key => ({ pk: `TEAM#${team}`, sk: "SCHEDULE" }),
  superseded: (team: string, until: number, version: number): Key => ({
    pk: `TEAM#${team}`,
    sk: `SUPERSEDED#${timeKey(until, String(version).padStart(10, "0"))}`,
  }),
  override: (team: string, end: number, id: string): Key => ({
    pk: `TEAM#${team}`,
    sk: `OVERRIDE#${timeKey(end, id)}`,
  }),
  location: (id: string): Key => ({ pk: `LOCATION#${fitting(id)}`, sk: "LOCATION" }),
  overridesEnded: (team: string): Key => ({ pk: `TEAM#${team}`, sk: "OVERRIDES_ENDED" }),
  policy: (team: string): Key => ({ pk: `TEAM#${team}`, sk: "POLICY" }),
  readiness: (team: string): Key => ({ pk: `TEAM#${team}`, sk: "READINESS" }),
  drill: (team: string): Key => ({ pk: `TEAM#${team}`, sk: "DRILL" }),
  teamChannels: (team: string): Key => ({ pk: `TEAM#${team}`, sk: "CHANNELS" }),
  webhook: (team: string, id: string): Key => ({ pk: `TEAM#${team}`, sk: webhookPrefix + fitting(id) }),
  escalation: (incidentId: string): Key => ({ pk: `INCIDENT#${incidentId}`, sk: "ESCALATION" }),
  service: (name: string): Key => ({ pk: `SERVICE#${name}`, sk: "SERVICE" }),
  user: (email: string): Key => ({ pk: `USER#${email}`, sk: "USER" }),
  account: (id: string): Key => ({ pk: accountPrefix + id, sk: "ACCOUNT" }),
  accountName: ({ kind, value }: Readonly<Record<"kind" | "value", string>>): Key => ({
    pk: `ACCOUNT_NAME#${fitting(`${kind}#${value}`)}`,
    sk: "NAME",
  }),
  providerSession: (name: string): Key => ({ pk: `PROVIDER_SESSION#${fitting(name)}`, sk: "SESSION" }),
  usedToken: (digest: string): Key => ({ pk: `USED_TOKEN#${digest}`, sk: "USED" }),
  linkedAccount: ({ service, account }: Readonly<Record<"service" | "account", string>>): Key => ({
    pk: `LINKED_ACCOUNT#${fitting(`${service}#${account}`)}`,
    sk: "ACCOUNT",
  }),
  linkCode: (digest: string): Key => ({ pk: `LINK_CODE#${digest}`, sk: "CODE" }),
  linkAttempts: (
    { service, account }: Readonly<Record<"service" | "account", string>>,
    hour: number,
  ): Key => ({
    pk: `LINK_ATTEMPTS#${fitting(`${service}#${account}`)}`,
    sk: new Date(hour).toISOString(),
  }),
  scimUser: (id: string): Key => ({ pk: `SCIM_USER#${fitting(id)}`, sk: "USER" }),
  scimGroup: (id: string): Key => ({ pk: `SCIM_GROUP#${fitting(id)}`, sk: "GROUP" }),
  scimName: (kind: string, name: string): Key => ({
    pk: `SCIM_NAME#${fitting(`${kind}#${name}`)}`,
    sk: "NAME",
  }),
  forgetting: (digest: string): Key => ({ pk: `FORGETTING#${digest}`, sk: "FORGETTING" }),
  pushDevices: (email: string): Key => ({ pk: `USER#${email}`, sk: "PUSH_DEVICES" }),
  reachability: (email: string): Key => ({ pk: `USER#${email}`, sk: "REACHABILITY" }),
  phoneOwner: (number: string): Key => ({ pk: `PHONE#${fitting(number)}`, sk: "OWNER" }),
  phoneStopped: (number: string): Key => ({ pk: `PHONE#${fitting(number)}`, sk: "STOPPED" }),
  apiKey: (id: string): Key => ({ pk: `API_KEY#${id}`, sk: "KEY" }),
  apiKeyDigest: (digest: string): Key => ({ pk: `${apiKeyPrefixes.digest}${digest}`, sk: "KEY" }),
  apiKeyUse: (id: string): Key => ({ pk: `${apiKeyPrefixes.use}${id}`, sk: "USE" }),
  roles: (team: string | null): Key => ({
    pk: partitions.roles,
    sk: team === null ? "PLATFORM" : `TEAM#${fitting(team)}`,
  }),
  administratorGuard: (): Key => ({ pk: "ADMINISTRATOR_GUARD", sk: "GUARD" }),
  integration: (id: string): Key => ({ pk: `INTEGRATION#${id}`, sk: "INTEGRATION" }),
  integrationDigest: (digest: string): Key => ({ pk: `INTEGRATION_DIGEST#${digest}`, sk: "INTEGRATION" }),
  integrationMemory: (id: string, name: string): Key => ({
    pk: `INTEGRATION_MEMORY#${fitting(`${id}#${name}`)}`,
    sk: "MEMORY",
  }),
  integrationActivity: (id: string): Key => ({ pk: `INTEGRATION_ACTIVITY#${id}`, sk: "ACTIVITY" }),
  integrationError: (integrationId: string, id: string): Key => ({
    pk: partitions.errorsOfIntegration(integrationId),
    sk: id,
  }),
  change: (service: string, id: string): Key => ({ pk: partitions.changesOfService(service), sk: id }),
  audit: (id: string): Key => ({ pk: partitions.audit, sk: id }),
  entryDigest: (entryId: string): Key => ({ pk: partitions.entryDigests, sk: entryId }),
  auditSlot: (actor: string, minute: number, slot: number): Key => ({
    pk: `${auditPrefix}_SLOT#${fitting(actor)}`,
    sk: timeKey(minute, String(slot)),
  }),
  seal: (number: number): Key => ({ pk: partitions.seals, sk: String(number).padStart(12, "0") }),
  routing: (): Key => ({ pk: partitions.rules, sk: "ROUTING" }),
  silence: (end: number, id: string): Key => ({ pk: partitions.rules, sk: `ENDS#${timeKey(end, id)}` }),
  endedSilence: (id: string): Key => ({ pk: `ENDED_SILENCE#${id}`, sk: "ENDED" }),
  suppressedAlert: (key: string): Key => ({ pk: `HELD#${fitting(key)}`, sk: "HELD" }),
  heartbeat: (id: string): Key => ({ pk: `HEARTBEAT#${id}`, sk: "HEARTBEAT" }),
  pulse: (digest: string): Key => ({ pk: `HEARTBEAT_KEY#${digest}`, sk: "PULSE" }),
  messageFailures: (messageId: string): Key => ({ pk: `MESSAGE_FAILURES#${messageId}`, sk: "FAILURES" }),
  listening: (): Key => ({ pk: "LISTENING", sk: "LISTENING" }),
  pageCounter: (recipient: string, service: string, since: number): Key => ({
    pk: `PAGES#${fitting(JSON.stringify([recipient, service]))}`,
    sk: new Date(since).toISOString(),
  }),
  pageWindow: ({
    recipient,
    channel,
    address,
  }: Readonly<Record<"recipient" | "channel" | "address", string>>): Key => ({
    pk: `PAGE_WINDOW#${fitting(JSON.stringify([recipient, channel, address]))}`,
    sk: "WINDOW",
  }),
  statsOfDay: (day: string): Key => ({ pk: `STATS#${day}`, sk: "STATS" }),
  pagesOfDay: (day: string): Key => ({ pk: `STATS_OF_PAGES#${day}`, sk: "PAGES" }),
  statsOfHours: (day: string): Key => ({ pk: `STATS#${day}`, sk: "HOURS" }),
  checkpoint: (source: string, part: number): Key => ({ pk: `CHECKPOINT#${source}`, sk: `PART#${part}` }),
  idempotency: (key: string): Key => ({ pk: `IDEMPOTENCY#${key}`, sk: "IDEMPOTENCY" }),
  endedSession: (digest: string): Key => ({ pk: `ENDED_SESSION#${digest}`, sk: "ENDED" }),
  /** Present while an import is running. */
  import: (): Key => ({ pk: "IMPORT", sk: "IMPORT" }),
  shardedHours: (): Key => ({ pk: `${shardingPrefix}ED_HOURS`, sk: "HOURS" }),
  shardLoad: (load: string, hour: number, period: number): Key => ({
    pk: `${shardingPrefix}_LOAD#${load}#${hour}#${period}`,
    sk: "LOAD",
  }),
};

/** Sort keys of a team's webhooks. */
export const webhookPrefix = "WEBHOOK#";

/** Partition prefixes for functions that require API keys: they read digests, and read and write uses. */
export const apiKeyPrefixes = { digest: "API_KEY_DIGEST#", use: "API_KEY_USE#" };

/** Prefix of partitions with accounts, which functions that require a person or a key read. */
export const accountPrefix = "ACCOUNT#";

/** Prefix of partitions with entries of the audit log. Every function that requires keys writes denied requests to it. */
export const auditPrefix = "AUDIT";

/** Prefix of partitions that every function with the table may use. */
export const shardingPrefix = "SHARD";

/** Partitions of lists, in the table and in its indexes. */
export const partitions = {
  alerts: "ALERTS",
  alertsOfIncident: (id: string) => `INCIDENT_ALERTS#${id}`,
  incidents: "INCIDENTS",
  incidentsOfService: (service: string) => `SERVICE_INCIDENTS#${service}`,
  incidentsOfStatus: (status: string) => `STATUS_INCIDENTS#${status}`,
  incidentsOfTeam: (team: string) => `TEAM_INCIDENTS#${team}`,
  incidentsOfSeverity: (severity: string) => `SEVERITY_INCIDENTS#${severity}`,
  incidentsWithPendingEvents: "PENDING_EVENTS",
  notesToPublish: "NOTES_TO_PUBLISH",
  notifications: "NOTIFICATIONS",
  notificationsOfIncident: (id: string) => `INCIDENT_NOTIFICATIONS#${id}`,
  notificationsOfRecipient: (recipient: string) => `RECIPIENT_NOTIFICATIONS#${fitting(recipient)}`,
  schedules: "SCHEDULES",
  schedulesWithNotices: "SCHEDULES_WITH_NOTICES",
  teamsWithDrills: "TEAMS_WITH_DRILLS",
  overridesOfTeam: (team: string) => `TEAM_OVERRIDES#${team}`,
  overrideOfId: (id: string) => `OVERRIDE_ID#${id}`,
  escalations: "ESCALATIONS",
  escalationsOfIncident: (id: string) => `INCIDENT_ESCALATIONS#${id}`,
  escalationsOfTeam: (team: string) => `TEAM_ESCALATIONS#${team}`,
  services: "SERVICES",
  users: "USERS",
  scimUsers: "SCIM_USERS",
  scimGroups: "SCIM_GROUPS",
  scimExternalId: (kind: string, externalId: string) =>
    `SCIM_EXTERNAL_ID#${fitting(`${kind}#${externalId}`)}`,
  accounts: "ACCOUNTS",
  apiKeys: "API_KEYS",
  breakGlassUses: "BREAK_GLASS_USES",
  roles: "ROLES",
  integrations: "INTEGRATIONS",
  errorsOfIntegration: (id: string) => `INTEGRATION_ERRORS#${id}`,
  changesOfService: (service: string) => `SERVICE_CHANGES#${service}`,
  audit: auditPrefix,
  entryDigests: `${auditPrefix}_DIGESTS`,
  seals: "SEALS",
  auditOfKind: (kind: string) => `KIND_AUDIT#${kind}`,
  auditOfResource: (kind: string, id: string) => `RESOURCE_AUDIT#${fitting(`${kind}#${id}`)}`,
  auditOfActor: (actor: string) => `ACTOR_AUDIT#${fitting(actor)}`,
  timers: "TIMERS",
  rules: "RULES",
  silences: "SILENCES",
  silenceOfId: (id: string) => `SILENCE_ID#${id}`,
  endedSilences: "ENDED_SILENCES",
  suppressedAlerts: "HELD_ALERTS",
  suppressedBySilence: (id: string) => `SILENCE_HOLDS#${id}`,
  heartbeats: "HEARTBEATS",
  heartbeatsToWatch: "HEARTBEATS_TO_WATCH",
};

/** Sort key prefixes of an incident's history. */
export const historyPrefixes = { event: "EVENT#", note: "NOTE#" };

/** Bounds of the schedule, policy and overrides that apply from a time on; `SUPERSEDED` sorts after them. */
export function overrideBounds(at: number): { from: string; before: string } {
  return { from: `OVERRIDE#${new Date(at).toISOString()}`, before: "SCHEDULE~" };
}

/** Bounds of silences that end after a time, and the routing rules. */
export function ruleBounds(endedSince: number): { from: string; before: string } {
  return { from: `ENDS#${new Date(endedSince).toISOString()}`, before: "ROUTING~" };
}

/** Bounds of superseded schedules that were valid after a time. */
export function supersededBounds(at: number): { from: string; before: string } {
  return { from: `SUPERSEDED#${new Date(at).toISOString()}`, before: "SUPERSEDED#~" };
}

/** A time as a sort key, with a suffix that makes it unique. */
export function timeKey(at: number, unique: string): string {
  return `${new Date(at).toISOString()}#${fitting(unique)}`;
}

/** Parses such a sort key: the time in epoch milliseconds, and the suffix. */
export function readTimeKey(key: string): { readonly at: number; readonly unique: string } {
  const end = key.indexOf("#");
  return { at: Date.parse(key.slice(0, end)), unique: key.slice(end + 1) };
}

/** Returns the name in a partition key, if it is short enough to be stored literally. */
export function nameIn({ pk }: Key): string {
  return pk.slice(pk.indexOf("#") + 1);
}

/** Shortens a text for use in a key: at most 2,048 bytes in a partition key and 1,024 in a sort key. */
function fitting(text: string): string {
  return Buffer.byteLength(text) <= 512 ? text : sha256(text);
}
