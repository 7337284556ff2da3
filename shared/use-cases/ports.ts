/** What use cases need of the world; storage, queue and runtime provide it. */

import type { ApiKey } from "../domain/access/api-key.ts";
import type { AuditEntry, AuditedResource } from "../domain/access/audit.ts";
import type { User } from "../domain/access/contact.ts";
import type { Alert, AlertOutcome, RecordedAlert } from "../domain/alerts/alert.ts";
import type { Regrouped } from "../domain/alerts/correlation.ts";
import type { FollowUp } from "../domain/alerts/follow-up.ts";
import type { Heartbeat, Pulse } from "../domain/alerts/heartbeat.ts";
import type { HeldAlert } from "../domain/alerts/held-alert.ts";
import type { Listening } from "../domain/alerts/listening.ts";
import type { RoutingHistory } from "../domain/alerts/routing.ts";
import type { Silence } from "../domain/alerts/silence.ts";
import type { Change } from "../domain/incidents/change.ts";
import type { Incident, IncidentStatus } from "../domain/incidents/incident.ts";
import type { IncidentEvent, Note } from "../domain/incidents/incident-event.ts";
import type { Tally } from "../domain/incidents/stats.ts";
import type { Timer } from "../domain/incidents/timer.ts";
import type {
  Integration,
  IntegrationActivity,
  IntegrationError,
} from "../domain/integrations/integration.ts";
import type { Receipt } from "../domain/notifications/delivery.ts";
import type { ChannelName, Notification, NotificationStatus } from "../domain/notifications/notification.ts";
import type { MessageLinks, OutgoingMessage } from "../domain/notifications/outgoing-message.ts";
import type { TeamChannel } from "../domain/notifications/team-channel.ts";
import type { Webhook } from "../domain/notifications/webhook.ts";
import type { EscalationPolicy } from "../domain/oncall/escalation.ts";
import type { Rota } from "../domain/oncall/on-call.ts";
import type { Override, Schedule } from "../domain/oncall/schedule.ts";
import type { Service } from "../domain/oncall/service.ts";
import type { Severity } from "../domain/severity.ts";

/** Epoch milliseconds. */
export type Clock = () => number;

/** A fresh ULID of the given time. */
export type Ulid = (now: number) => string;

/** ULIDs that follow from a text: the same each time. */
export type SeededUlids = (seed: string) => Ulid;

/** A short, stable digest of a text, safe in ids. */
export type Digest = (text: string) => string;

/** A fresh text that nobody can guess, safe in URLs. */
export type MakeSecret = () => string;

/** Whether two texts are the same, in a time that says nothing about where they differ. */
export type SameSecret = (one: string, other: string) => boolean;

export interface Log {
  info(message: string, fields?: Record<string, unknown>): void;
  warn(message: string, fields?: Record<string, unknown>): void;
  error(message: string, fields?: Record<string, unknown>): void;
}

export type { Metrics } from "../telemetry/catalogue.ts";

export interface PageRequest {
  readonly limit: number;
  /** Sort key of the last item that was seen; null for the first page. */
  readonly after: string | null;
  /** What the items may weigh, about; `limits.pageBytes` unless given. */
  readonly bytes?: number;
}

/** Newest first. */
export interface Page<T> {
  readonly items: readonly T[];
  /** Where the next page goes on; null when there is none. */
  readonly next: string | null;
}

export interface AlertFilter {
  readonly service?: string | undefined;
  readonly severity?: Severity | undefined;
  readonly incidentId?: string | undefined;
  readonly outcome?: AlertOutcome | undefined;
  /** What the message contains, whatever its case. */
  readonly text?: string | undefined;
}

export interface AlertStore {
  find(id: string): Promise<RecordedAlert | undefined>;
  /** Of these ids, those that are recorded. */
  recorded(ids: readonly string[]): Promise<ReadonlySet<string>>;
  record(alerts: readonly RecordedAlert[]): Promise<void>;
  list(filter: AlertFilter, page: PageRequest): Promise<Page<RecordedAlert>>;
}

export interface IncidentFilter {
  readonly status?: IncidentStatus | undefined;
  readonly severity?: Severity | undefined;
  readonly service?: string | undefined;
  readonly team?: string | undefined;
  /** What the title contains, whatever its case. */
  readonly text?: string | undefined;
}

export interface IncidentStore {
  find(id: string): Promise<Incident | undefined>;
  findByNumber(number: number): Promise<Incident | undefined>;
  /** The incident that alerts of this correlation key went to last. */
  findByCorrelationKey(key: string): Promise<Incident | undefined>;
  /** One of the service that is at least that bad; of older ones only such as few others followed. */
  findUnresolved(service: string, severity: Severity): Promise<Incident | undefined>;
  nextNumber(): Promise<number>;
  /**
   * Stores a new incident, the policy that it climbs by if it is not the default, and that alerts of the key go to it from now on.
   * @throws AlreadyExists
   */
  create(
    incident: Incident,
    correlationKey: string | null,
    policy?: EscalationPolicy | null,
  ): Promise<Incident>;
  /**
   * Stores a change of an incident, and with it notes, the policy of another team, or which keys lead to it now.
   * @returns the incident with its new version
   * @throws StaleVersion when it was changed since it was read
   */
  save(
    incident: Incident,
    notes?: readonly Note[],
    policy?: EscalationPolicy,
    regrouped?: Regrouped,
  ): Promise<Incident>;
  /** Forgets the pending events of exactly this version; a later version keeps its own. */
  clearPendingEvents(incident: Incident): Promise<void>;
  /** Incidents with events pending, oldest first, one page. */
  listWithPendingEvents(after: string | null): Promise<Page<Incident>>;
  list(filter: IncidentFilter, page: PageRequest): Promise<Page<Incident>>;
  /** All incidents created in [from, to). */
  createdBetween(from: number, to: number): AsyncIterable<Incident>;
  /** The policy that it climbs by, as it was when it opened; undefined for the default. */
  findPolicy(incidentId: string): Promise<EscalationPolicy | undefined>;
  appendEvents(events: readonly IncidentEvent[]): Promise<void>;
  /** An event that was published. */
  findEvent(incidentId: string, id: string): Promise<IncidentEvent | undefined>;
  listEscalations(
    filter: { readonly incidentId?: string | undefined; readonly team?: string | undefined },
    page: PageRequest,
  ): Promise<Page<IncidentEvent>>;
  /** Stores a note once, with the event that tells of it to be published. */
  addNote(note: Note): Promise<void>;
  /** Stores that the event of a note was published. */
  notePublished(note: Note): Promise<void>;
  /** Notes whose event is to be published, the earliest first. */
  listNotesToPublish(after: string | null): Promise<Page<Note>>;
  findNote(incidentId: string, id: string): Promise<Note | undefined>;
  /** The latest published events and notes, oldest first. */
  history(incidentId: string): Promise<{ events: readonly IncidentEvent[]; notes: readonly Note[] }>;
}

export interface StatsStore {
  /** The tally of a UTC day, `YYYY-MM-DD`, if it was final when somebody asked, and all of it was stored. */
  findDay(day: string): Promise<Tally | undefined>;
  /** Stores nothing when the tally does not fit one item: that day is read anew each time. */
  saveDay(day: string, tally: Tally): Promise<void>;
}

/** What a team says about who is on call and how far an incident climbs. */
export interface TeamRota {
  /** The one in force; null for a team that has none. */
  readonly schedule: Schedule | null;
  /** With what was in force, and whoever took over, from the instant asked for on. */
  readonly rota: Rota;
  /** When an override was last ended before its time; null for never. */
  readonly overridesEndedAt: number | null;
  /** Null for the default. */
  readonly policy: EscalationPolicy | null;
  /** 0 for the default. */
  readonly policyVersion: number;
}

export interface RotaStore {
  exists(team: string): Promise<boolean>;
  /** Undefined for a team of which nothing is known; one query unless its schedule changed since the instant. */
  load(team: string, from: number): Promise<TeamRota | undefined>;
  /** Loads what decided who was on call in [from, before) and is over: the latest `most` schedules and overrides. */
  loadEarlier(
    team: string,
    range: { readonly from: number; readonly before: number; readonly most: number },
  ): Promise<{ readonly schedules: readonly Schedule[]; readonly overrides: readonly Override[] }>;
  /** @throws AlreadyExists */
  create(schedule: Schedule): Promise<void>;
  /**
   * Puts a schedule in the place of the one in force, which is kept for the time that it held.
   * @throws StaleVersion
   */
  supersede(superseded: Schedule, schedule: Schedule): Promise<void>;
  /**
   * Stores the schedule in force with another token for its calendar; what it says stays.
   * @returns the schedule with its new version
   * @throws StaleVersion
   */
  saveCalendarToken(schedule: Schedule): Promise<Schedule>;
  /** @throws StaleVersion */
  remove(schedule: Schedule): Promise<void>;
  list(page: PageRequest): Promise<Page<Schedule>>;
  /** Those that want handoff notices. */
  listWithNotices(page: PageRequest): Promise<Page<Schedule>>;
  /** @throws AlreadyExists */
  putOverride(override: Override): Promise<void>;
  findOverride(id: string): Promise<Override | undefined>;
  /** Ends an override at an instant; one that would never have acted is gone. @throws StaleVersion */
  endOverride(override: Override, at: number): Promise<void>;
  /** Ends overrides of a team, some in each transaction; after a failure the rest are still to be ended. @throws StaleVersion */
  endOverrides(overrides: readonly Override[], at: number): Promise<void>;
  listOverrides(team: string, page: PageRequest): Promise<Page<Override>>;
  /** @param version of the policy in whose place it is put; 0 unless given @throws StaleVersion */
  putPolicy(team: string, policy: EscalationPolicy, version?: number): Promise<void>;
}

export interface ServiceStore {
  find(name: string): Promise<Service | undefined>;
  /** @param known what it takes the place of; undefined: none @throws StaleVersion when that is another by now */
  put(service: Service, known?: Service): Promise<void>;
  list(page: PageRequest): Promise<Page<Service>>;
}

export interface NotificationFilter {
  readonly incidentId?: string | undefined;
  readonly channel?: ChannelName | undefined;
  readonly status?: NotificationStatus | undefined;
  readonly recipient?: string | undefined;
}

export interface NotificationStore {
  find(id: string): Promise<Notification | undefined>;
  /** @throws AlreadyExists */
  create(notification: Notification): Promise<void>;
  /**
   * @returns the notification with its new version
   * @throws StaleVersion
   */
  save(notification: Notification): Promise<Notification>;
  list(filter: NotificationFilter, page: PageRequest): Promise<Page<Notification>>;
}

export interface UserStore {
  find(email: string): Promise<User | undefined>;
  /** Those of these that there are. */
  findAll(emails: readonly string[]): Promise<readonly User[]>;
  /** @param known what it takes the place of; undefined: none @throws StaleVersion when that is another by now */
  put(user: User, known?: User): Promise<void>;
  /** @throws StaleVersion */
  remove(user: User): Promise<void>;
  list(page: PageRequest): Promise<Page<User>>;
}

export interface TeamChannelStore {
  find(team: string): Promise<readonly TeamChannel[]>;
  /** With their version, which is 0 while there are none. */
  load(team: string): Promise<{ readonly channels: readonly TeamChannel[]; readonly version: number }>;
  /** @param version of those in whose place they are put; 0 unless given @throws StaleVersion */
  put(team: string, channels: readonly TeamChannel[], version?: number): Promise<void>;
}

export interface WebhookStore {
  create(webhook: Webhook): Promise<void>;
  find(team: string, id: string): Promise<Webhook | undefined>;
  list(team: string, page: PageRequest): Promise<Page<Webhook>>;
  /**
   * Stores a webhook changed.
   * @returns the webhook with its new version
   * @throws StaleVersion
   */
  replace(webhook: Webhook): Promise<Webhook>;
  /** @throws StaleVersion */
  remove(webhook: Webhook): Promise<void>;
}

export interface ApiKeyStore {
  create(key: ApiKey): Promise<void>;
  find(id: string): Promise<ApiKey | undefined>;
  /** One read, whether there is one or not. */
  findByDigest(digest: string): Promise<ApiKey | undefined>;
  list(page: PageRequest): Promise<Page<ApiKey>>;
  /**
   * Stores a key changed; with another digest the old key opens nothing from now on.
   * @returns the key with its new version
   * @throws StaleVersion
   */
  replace(known: ApiKey, changed: ApiKey): Promise<ApiKey>;
  /** When each was used last, by id, of those that were; up to `limits.apiKeyUseSeconds` late. */
  lastUses(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
  /** Costs a read, and a write unless a use after `unlessSince` (epoch milliseconds) is noted. */
  noteUse(id: string, at: number, unlessSince: number): Promise<void>;
}

export interface IntegrationStore {
  create(integration: Integration): Promise<void>;
  find(id: string): Promise<Integration | undefined>;
  /** One read, whether there is one or not. */
  findByDigest(digest: string): Promise<Integration | undefined>;
  list(page: PageRequest): Promise<Page<Integration>>;
  /**
   * Stores one with another key; the old one opens nothing from now on.
   * @returns the integration with its new version
   * @throws StaleVersion
   */
  rotate(known: Integration, changed: Integration): Promise<Integration>;
  /** @throws StaleVersion */
  remove(known: Integration): Promise<void>;
}

export interface IntegrationActivityStore {
  /** Adds to what was counted before. @throws StaleVersion */
  add(activity: IntegrationActivity): Promise<void>;
  /** By id, of those of which anything ever came. */
  of(ids: readonly string[]): Promise<ReadonlyMap<string, IntegrationActivity>>;
  forget(id: string): Promise<void>;
  appendError(error: IntegrationError): Promise<void>;
  /** Newest first, at most `limits.integrationErrors`. */
  latestErrors(id: string): Promise<readonly IntegrationError[]>;
}

/** Writes down what comes in through integrations. No request fails for it. */
export interface ActivityKeeper {
  countEvents(integrationId: string, events: number): Promise<void>;
  /** Counts an error, and keeps it unless the integration had very many within a minute. */
  keepError(
    error: Omit<IntegrationError, "id" | "at" | "excerpt"> & { readonly body: string },
  ): Promise<void>;
}

/** A text that an integration keeps for a while; `until` is epoch milliseconds. */
export interface Remembered {
  readonly integrationId: string;
  readonly name: string;
  readonly text: string;
  readonly until: number;
}

export interface IntegrationMemory {
  remember(remembered: Remembered): Promise<void>;
  recall(integrationId: string, name: string): Promise<string | undefined>;
}

export interface ChangeStore {
  append(change: Change): Promise<void>;
  /** Those of a service that were told in [from, to), newest first; at most `limits.changesOfIncident`. */
  between(service: string, from: number, to: number): Promise<readonly Change[]>;
}

export interface AuditFilter {
  /** Of a kind, or one of it. */
  readonly resource?: { readonly kind: AuditedResource; readonly id: string | null } | undefined;
  readonly actor?: string | undefined;
}

export interface AuditStore {
  list(filter: AuditFilter, page: PageRequest): Promise<Page<AuditEntry>>;
}

/** What decides about alerts before they are correlated. */
export interface AlertRules {
  readonly routing: RoutingHistory;
  /** In force, to come, and those that ended lately. */
  readonly silences: readonly Silence[];
}

export interface RuleStore {
  /** One query, however many there are. @param endedSince the oldest end of a silence that is still of interest */
  load(endedSince: number): Promise<AlertRules>;
  findRouting(): Promise<RoutingHistory>;
  /** @throws StaleVersion when what is stored is not the version before its current one */
  putRouting(routing: RoutingHistory): Promise<void>;
  /** @throws AlreadyExists */
  createSilence(silence: Silence): Promise<void>;
  findSilence(id: string): Promise<Silence | undefined>;
  /** Stores an earlier end of a silence. @returns it with its new version @throws StaleVersion */
  endSilence(silence: Silence, ended: Silence): Promise<Silence>;
  /** Those that were ended before their time, as long as what they held back is to be looked at; the first ended first. */
  endedEarly(after: string | null): Promise<Page<EndedSilence>>;
  forgetEnded(id: string): Promise<void>;
  listSilences(page: PageRequest): Promise<Page<Silence>>;
}

export interface EndedSilence {
  readonly id: string;
  readonly endedAt: number;
}

/** Pages of what is held back come earliest first, by when it is due. */
export interface HeldAlertStore {
  find(key: string): Promise<HeldAlert | undefined>;
  /** @returns it with its new version @throws StaleVersion */
  put(held: HeldAlert): Promise<HeldAlert>;
  /** Removes this very version. @throws StaleVersion */
  remove(held: HeldAlert): Promise<void>;
  /** Those to look at by then. */
  due(at: number, after: string | null): Promise<Page<HeldAlert>>;
  /** Those that a silence holds back. */
  heldBy(silenceId: string, after: string | null): Promise<Page<HeldAlert>>;
}

/** A heartbeat, and what its beats have changed. */
export interface WithPulse {
  readonly heartbeat: Heartbeat;
  readonly pulse: Pulse;
}

export interface HeartbeatStore {
  create(made: WithPulse): Promise<void>;
  find(id: string): Promise<WithPulse | undefined>;
  list(page: PageRequest): Promise<Page<WithPulse>>;
  /** @returns both with their new versions @throws StaleVersion */
  save(changed: WithPulse): Promise<WithPulse>;
  /** Removes these very versions. @throws StaleVersion */
  remove(known: WithPulse): Promise<void>;
  /** One read. @param digest of the key */
  findPulse(digest: string): Promise<Pulse | undefined>;
  /** One write. @returns the pulse with its new version @throws StaleVersion */
  savePulse(pulse: Pulse): Promise<Pulse>;
  /** Those to look at by then, earliest first. */
  due(at: number, after: string | null): Promise<Page<Pulse>>;
}

export interface ListeningStore {
  load(): Promise<Listening>;
  /** @throws StaleVersion */
  save(listening: Listening): Promise<void>;
}

/** Counts what a person is paged about. */
export interface PageCounter {
  /** @returns how many pages they are with this one: to this person, about this service, since that instant */
  count(recipient: string, service: string, since: number): Promise<number>;
  /** Returns how many they are by now. */
  read(recipient: string, service: string, since: number): Promise<number>;
}

export interface TimerStore {
  put(timer: Timer): Promise<void>;
  /** Removes this very timer; one that was set anew since stays. */
  remove(timer: Timer): Promise<void>;
  /** Timers due at or before the instant, earliest first, one page. */
  due(at: number): Promise<readonly Timer[]>;
}

export interface AlertQueue {
  /** @returns the ids of alerts that could not be queued; order within a correlation key is kept */
  send(alerts: readonly Alert[]): Promise<ReadonlySet<string>>;
  /** Queues changes behind the alerts of their keys. @returns the ids of the alerts of those that could not be queued */
  sendFollowUps(followUps: readonly FollowUp[]): Promise<ReadonlySet<string>>;
}

/** @throws Unavailable when a message could not be queued */
export interface EventQueue {
  send(events: readonly IncidentEvent[]): Promise<void>;
}

/** A notification to deliver, after at most 900 seconds. */
export interface DueNotification {
  readonly id: string;
  readonly delaySeconds: number;
  /** Attempts that there were when it was given up; only for the dead letters. */
  readonly givenUpAfter?: number;
}

/** @throws Unavailable when a message could not be queued */
export interface NotificationQueue {
  send(notifications: readonly DueNotification[]): Promise<void>;
}

/** @throws Unavailable when a message could not be queued */
export interface TimerQueue {
  /** Delivers the timer after the delay, at most 900 seconds. */
  send(timer: Timer, delaySeconds: number): Promise<void>;
}

/** A way to reach somebody. */
export interface Channel {
  /**
   * Sends a message once, within ten seconds.
   * @throws TemporaryFailure or PermanentFailure, with that in their message
   */
  deliver(message: OutgoingMessage): Promise<Receipt>;
}

export interface SlackReply {
  /** Plain text. */
  readonly text: string;
  /** Whether the whole channel sees it, or only whoever pressed the button. */
  readonly toChannel: boolean;
}

/** Tells where a button was pressed what came of it, if it can: never throws. */
export type ReplyInSlack = (responseUrl: string, reply: SlackReply) => Promise<void>;

/** Where a message about an incident leads whoever gets it; null when nobody could follow it. */
export type MakeLinks = (incident: Incident, actor: string, now: number) => MessageLinks | null;

/** A request that may be repeated: what makes its repetition the same, and its reply once there is one. */
export interface RepeatableRequest {
  readonly bodyDigest: string;
  /** Where the request's ids come from: the same for each repetition. */
  readonly seed: string;
  /** Epoch milliseconds of the first arrival. */
  readonly startedAt: number;
  readonly reply: { readonly status: number; readonly body: string; readonly location: string | null } | null;
}

/** Sessions that somebody has signed out of, by the digest of what signs them in. */
export interface EndedSessionStore {
  /** Epoch milliseconds. */
  end(digest: string, now: number): Promise<void>;
  hasEnded(digest: string): Promise<boolean>;
}

export interface IdempotencyStore {
  /** Stores the request under the key unless there is one; returns what is there then. */
  begin(key: string, request: RepeatableRequest): Promise<RepeatableRequest>;
  finish(key: string, request: RepeatableRequest): Promise<void>;
}
