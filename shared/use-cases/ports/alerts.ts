/** Stores and queues of alerts, routing rules, silences and heartbeats. */
import type { Alert, AlertOutcome, RecordedAlert } from "../../domain/alerts/alert.ts";
import type { FollowUp } from "../../domain/alerts/follow-up.ts";
import type { Heartbeat, Pulse } from "../../domain/alerts/heartbeat.ts";
import type { HeldAlert } from "../../domain/alerts/held-alert.ts";
import type { Listening } from "../../domain/alerts/listening.ts";
import type { RoutingHistory } from "../../domain/alerts/routing.ts";
import type { Silence } from "../../domain/alerts/silence.ts";
import type { Severity } from "../../domain/severity.ts";
import type { Page, PageRequest } from "./page.ts";

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

export interface AlertQueue {
  /** @returns the ids of alerts that could not be queued; order within a correlation key is kept */
  send(alerts: readonly Alert[]): Promise<ReadonlySet<string>>;
  /** Queues changes behind the alerts of their keys. @returns the ids of the alerts of those that could not be queued */
  sendFollowUps(followUps: readonly FollowUp[]): Promise<ReadonlySet<string>>;
}
