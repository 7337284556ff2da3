/** Stores and queues of alerts, routing rules, silences and heartbeats. */
import type { Alert, AlertOutcome, RecordedAlert } from "../../domain/alerts/alert.ts";
import type { Downtime } from "../../domain/alerts/downtime.ts";
import type { FollowUp } from "../../domain/alerts/follow-up.ts";
import type { Heartbeat, Pulse } from "../../domain/alerts/heartbeat.ts";
import type { Routing, RoutingHistory } from "../../domain/alerts/routing.ts";
import type { Silence } from "../../domain/alerts/silence.ts";
import type { SuppressedAlert } from "../../domain/alerts/suppressed-alert.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import type { Severity } from "../../domain/severity.ts";
import type { Page, PageRequest } from "./page.ts";

export interface AlertFilter {
  readonly service?: string | undefined;
  readonly severity?: Severity | undefined;
  readonly incidentId?: string | undefined;
  readonly outcome?: AlertOutcome | undefined;
  /** Text that the message contains, case-insensitively. */
  readonly text?: string | undefined;
}

/** Incidents by the key of their alerts, as this environment stored them last. Others may have changed them. */
export interface RecentIncidents {
  get(correlationKey: string): Incident | undefined;
  put(correlationKey: string, incident: Incident): void;
}

export interface AlertStore {
  find(id: string): Promise<RecordedAlert | undefined>;
  /** Returns the incident's ID, or null, of each recorded alert. */
  recorded(ids: readonly string[]): Promise<ReadonlyMap<string, string | null>>;
  record(alerts: readonly RecordedAlert[]): Promise<void>;
  list(filter: AlertFilter, page: PageRequest): Promise<Page<RecordedAlert>>;
}

/** Rules and silences that apply before correlation. */
export interface AlertRules {
  readonly routing: RoutingHistory;
  /** Current, upcoming and recently ended silences. */
  readonly silences: readonly Silence[];
}

export interface RuleStore {
  /** Takes one query, regardless of their number. @param endedSince earliest end of a silence to include */
  load(endedSince: number): Promise<AlertRules>;
  findRouting(): Promise<RoutingHistory>;
  /**
   * Replaces the current rules, which are kept for alerts received earlier.
   * @param superseded current rules; null if there are none
   * @returns the rules with their new version
   * @throws StaleVersion if other rules are stored by now
   */
  putRouting(rules: Omit<Routing, "version">, superseded: Routing | null): Promise<Routing>;
  /** @throws AlreadyExists */
  createSilence(silence: Silence): Promise<void>;
  findSilence(id: string): Promise<Silence | undefined>;
  /**
   * Stores a changed silence.
   *
   * @param changedAt time from which alerts that it suppressed may no longer be suppressed
   * @returns it with its new version
   * @throws StaleVersion
   */
  replaceSilence(known: Silence, next: Silence, changedAt: number): Promise<Silence>;
  /**
   * Lists silences that ended early or were changed and whose suppressed alerts are still to be checked, earliest
   * change first.
   */
  endedEarly(after: string | null): Promise<Page<EndedSilence>>;
  forgetEnded(id: string): Promise<void>;
  listSilences(page: PageRequest): Promise<Page<Silence>>;
}

export interface EndedSilence {
  readonly id: string;
  readonly endedAt: number;
}

/** Suppressed alerts. Pages are sorted by due time, earliest first. */
export interface SuppressedAlertStore {
  find(key: string): Promise<SuppressedAlert | undefined>;
  /** @returns it with its new version @throws StaleVersion */
  put(held: SuppressedAlert): Promise<SuppressedAlert>;
  /** Removes exactly this version. @throws StaleVersion */
  remove(held: SuppressedAlert): Promise<void>;
  /** Lists suppressed alerts due at a time. */
  due(at: number, after: string | null): Promise<Page<SuppressedAlert>>;
  /** Lists alerts suppressed by a silence. */
  listBySilence(silenceId: string, after: string | null): Promise<Page<SuppressedAlert>>;
}

/** A heartbeat monitor and the state that its pings change. */
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
  /** Stores both under the digest of another key. @returns both with their new versions @throws StaleVersion */
  rotate(known: WithPulse, changed: WithPulse): Promise<WithPulse>;
  /** Removes exactly these versions. @throws StaleVersion */
  remove(known: WithPulse): Promise<void>;
  /** Takes one read. @param digest of the key */
  findPulse(digest: string): Promise<Pulse | undefined>;
  /** Takes one write. @returns the pulse with its new version @throws StaleVersion */
  savePulse(pulse: Pulse): Promise<Pulse>;
  /** Lists pulses due at a time, earliest first. */
  due(at: number, after: string | null): Promise<Page<Pulse>>;
}

export interface DowntimeStore {
  load(): Promise<Downtime>;
  /** @throws StaleVersion */
  save(downtime: Downtime): Promise<void>;
}

export interface AlertQueue {
  /** @returns the IDs of alerts that could not be queued; order within a correlation key is kept */
  send(alerts: readonly Alert[]): Promise<ReadonlySet<string>>;
  /**
   * Queues changes behind the alerts of their keys. @returns the alert IDs of those that could not be queued
   */
  sendFollowUps(followUps: readonly FollowUp[]): Promise<ReadonlySet<string>>;
}
