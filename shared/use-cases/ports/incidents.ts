/** Stores and queues of incidents, their statistics and their timers. */
import type { Regrouped } from "../../domain/alerts/correlation.ts";
import type { MergedIncidents } from "../../domain/alerts/merge-incidents.ts";
import type { Change } from "../../domain/incidents/change.ts";
import type { Incident, IncidentStatus } from "../../domain/incidents/incident.ts";
import type { IncidentEvent, Note } from "../../domain/incidents/incident-event.ts";
import type { IncidentFilter } from "../../domain/incidents/incident-filter.ts";
import type { HourlyTally, Tally } from "../../domain/incidents/stats.ts";
import type { Timer } from "../../domain/incidents/timer.ts";
import type { MessageLabel } from "../../domain/notifications/message-context.ts";
import type { EscalationPolicy } from "../../domain/oncall/escalation.ts";
import type { Severity } from "../../domain/severity.ts";
import type { Page, PageRequest } from "./page.ts";

/** The pointer of a correlation key. It differs from the one before, also if it leads to the same incident again. */
export interface KeyPointer {
  readonly incidentId: string;
  readonly revision: number | undefined;
}

/** The incident that a correlation key leads to. */
export interface KeyHolder {
  readonly key: string;
  /** Undefined if there is none. */
  readonly pointer: KeyPointer | undefined;
  /** The incident of the pointer, or the one that it was merged into. */
  readonly holder: Incident | undefined;
}

/** A correlation key that leads to an incident from now on, and its pointer so far. */
export interface KeyClaim {
  readonly key: string;
  readonly from: KeyPointer | undefined;
}

/** Stored with a changed incident, all or none. */
export interface SavedBesides {
  readonly notes?: readonly Note[];
  /** Policy of another team that takes over. */
  readonly policy?: EscalationPolicy;
  /** Own keys of alerts whose pointers change. */
  readonly regrouped?: Regrouped;
  /** Keys that lead to the incident from now on. Nothing is stored if another incident took one since. */
  readonly claims?: readonly KeyClaim[];
  /** False if the caller is called again until pending events are published. Otherwise the sweep looks for them. */
  readonly swept?: boolean;
}

export interface IncidentStore {
  find(id: string): Promise<Incident | undefined>;
  /** Returns those that exist. They may be a second old, unless they are read consistently at twice the price. */
  findAll(ids: readonly string[], options?: { readonly consistent?: boolean }): Promise<readonly Incident[]>;
  findByNumber(number: number): Promise<Incident | undefined>;
  /**
   * Returns the latest incident of a correlation key, or the one that it was merged into, unless that was
   * resolved a day before `now`.
   */
  findByCorrelationKey(key: string, now: number): Promise<Incident | undefined>;
  /** Returns the same incident, with the pointer that leads to it. The pointer may lead to an older one. */
  findHolder(key: string, now: number): Promise<KeyHolder>;
  /** Returns what each key leads to, in the order of the keys. */
  findHolders(keys: readonly string[]): Promise<readonly KeyHolder[]>;
  /**
   * Returns an unresolved incident of the service with at least this severity. Finds older ones only if few
   * others followed.
   */
  findUnresolved(service: string, severity: Severity): Promise<Incident | undefined>;
  nextNumber(): Promise<number>;
  /**
   * Stores a new incident, its policy unless it is the default, and the pointers from its number and its
   * correlation keys.
   * @throws AlreadyExists
   */
  create(
    incident: Incident,
    correlationKey: string | null,
    policy?: EscalationPolicy | null,
  ): Promise<Incident>;
  /**
   * Stores an incident that an alert opens, and its policy unless it is the default. The alert is delivered again
   * until the incident's events and pointers are published, so the sweep does not look for them.
   *
   * @param claims keys that lead to the incident at once. They cost two write units besides their own.
   * @throws AlreadyExists also if another incident took one of the keys since
   */
  open(incident: Incident, policy: EscalationPolicy | null, claims?: readonly KeyClaim[]): Promise<Incident>;
  /**
   * Stores what derives from a new incident: the pointers from its number and the correlation keys of its alerts, and
   * its timers.
   *
   * @param claimed keys whose pointers are stored with the incident
   */
  putDerived(incident: Incident, claimed?: readonly string[]): Promise<void>;
  /**
   * Stores a changed incident.
   * @returns the incident with its new version
   * @throws StaleVersion if it was changed since it was read
   */
  save(incident: Incident, besides?: SavedBesides): Promise<Incident>;
  /**
   * Stores both incidents of a merge, all or none. Claimed keys lead to the target.
   * @returns them with their new versions
   * @throws StaleVersion if one of them was changed since it was read
   */
  merge(merged: MergedIncidents, besides?: Pick<SavedBesides, "notes" | "claims">): Promise<MergedIncidents>;
  /** Clears the pending events of exactly this version. A later version keeps its own. */
  clearPendingEvents(incident: Incident): Promise<void>;
  /** Lists incidents with pending events, oldest first, one page. */
  listWithPendingEvents(after: string | null): Promise<Page<Incident>>;
  list(filter: IncidentFilter, page: PageRequest): Promise<Page<Incident>>;
  /**
   * Returns the IDs of incidents in a status, newest first: half a read unit per thirty. The index may lag by a
   * second.
   */
  idsIn(status: IncidentStatus, limit: number): Promise<readonly string[]>;
  /** Returns the IDs of all incidents created in [from, to), newest first. The index may lag by a second. */
  idsCreatedBetween(from: number, to: number): Promise<readonly string[]>;
  /** Returns the incident's policy as of its opening; undefined for the default. */
  findPolicy(incidentId: string): Promise<EscalationPolicy | undefined>;
}

/** Published events of incidents, and notes. */
export interface IncidentEventStore {
  appendEvents(events: readonly IncidentEvent[]): Promise<void>;
  /** Returns a published event. */
  findEvent(incidentId: string, id: string): Promise<IncidentEvent | undefined>;
  listEscalations(
    filter: { readonly incidentId?: string | undefined; readonly team?: string | undefined },
    page: PageRequest,
  ): Promise<Page<IncidentEvent>>;
  /** Stores a note once, with its event pending. */
  addNote(note: Note): Promise<void>;
  /** Records that the event of a note was published. */
  notePublished(note: Note): Promise<void>;
  /** Lists notes with pending events, earliest first. */
  listNotesToPublish(after: string | null): Promise<Page<Note>>;
  findNote(incidentId: string, id: string): Promise<Note | undefined>;
  /** Returns the latest published events, oldest first. */
  latestEvents(incidentId: string): Promise<readonly IncidentEvent[]>;
  /** Returns the latest notes, oldest first. */
  latestNotes(incidentId: string): Promise<readonly Note[]>;
  /** Returns both. */
  history(incidentId: string): Promise<{ events: readonly IncidentEvent[]; notes: readonly Note[] }>;
}

/** Stored statistics of a UTC day. */
export interface StoredHours {
  /** From midnight on. */
  readonly hours: readonly HourlyTally[];
  /** Until then, they must not be replaced: incidents of the day are changing. */
  readonly unsettledUntil: number;
  readonly version: number;
}

/** Days are `YYYY-MM-DD`. */
export interface StatsStore {
  /** Returns the hours of a day, or the tally that version 0.1.0 stored. They may be a second old. */
  find(day: string): Promise<{ readonly stored?: StoredHours; readonly tally?: Tally }>;
  /**
   * Stores hours for as long as a window can contain them, unless they are larger than an item, or something else is
   * stored by now.
   *
   * @param known what was read before the incidents
   */
  saveHours(day: string, hours: readonly HourlyTally[], known: StoredHours | undefined): Promise<void>;
  /** Removes what is stored of the UTC day of a time, and prevents storing it until another time. */
  discard(at: number, unsettledUntil: number): Promise<void>;
}

export interface ChangeStore {
  append(change: Change): Promise<void>;
  /**
   * Returns the changes of a service received in [from, to), newest first, at most
   * `limits.changesOfIncident`.
   */
  between(service: string, from: number, to: number): Promise<readonly Change[]>;
  /**
   * Returns the latest few changes of a service since a time, newest first: half a read unit for those of usual size,
   * three at most. They may be a second old.
   */
  latest(service: string, since: number): Promise<readonly Change[]>;
}

export interface TimerStore {
  put(timer: Timer): Promise<void>;
  /** Removes exactly this timer, unless it was set again since. */
  remove(timer: Timer): Promise<void>;
  /** Returns timers due at or before a time, earliest first, one page. */
  due(at: number): Promise<readonly Timer[]>;
}

/** @throws Unavailable if a message could not be queued */
export interface EventQueue {
  /** @param labels of the alert that opened the incident, if they are known */
  send(events: readonly IncidentEvent[], labels?: readonly MessageLabel[]): Promise<void>;
}

/** @throws Unavailable if a message could not be queued */
export interface TimerQueue {
  /** Delivers the timer after the delay, at most 900 seconds. */
  send(timer: Timer, delaySeconds: number): Promise<void>;
}
