/** Stores and queues of incidents, their statistics and their timers. */
import type { Regrouped } from "../../domain/alerts/correlation.ts";
import type { Change } from "../../domain/incidents/change.ts";
import type { Incident, IncidentStatus } from "../../domain/incidents/incident.ts";
import type { IncidentEvent, Note } from "../../domain/incidents/incident-event.ts";
import type { Tally } from "../../domain/incidents/stats.ts";
import type { Timer } from "../../domain/incidents/timer.ts";
import type { EscalationPolicy } from "../../domain/oncall/escalation.ts";
import type { Severity } from "../../domain/severity.ts";
import type { Page, PageRequest } from "./page.ts";

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

export interface ChangeStore {
  append(change: Change): Promise<void>;
  /** Those of a service that were told in [from, to), newest first; at most `limits.changesOfIncident`. */
  between(service: string, from: number, to: number): Promise<readonly Change[]>;
}

export interface TimerStore {
  put(timer: Timer): Promise<void>;
  /** Removes this very timer; one that was set anew since stays. */
  remove(timer: Timer): Promise<void>;
  /** Timers due at or before the instant, earliest first, one page. */
  due(at: number): Promise<readonly Timer[]>;
}

/** @throws Unavailable when a message could not be queued */
export interface EventQueue {
  send(events: readonly IncidentEvent[]): Promise<void>;
}

/** @throws Unavailable when a message could not be queued */
export interface TimerQueue {
  /** Delivers the timer after the delay, at most 900 seconds. */
  send(timer: Timer, delaySeconds: number): Promise<void>;
}
