import { Conflict } from "../errors.ts";
import { eventIdOfNote } from "../ids.ts";
import type { Severity } from "../severity.ts";
import type { IncidentEvent, IncidentEventBody, Note } from "./incident-event.ts";

export const incidentStatuses = ["open", "acknowledged", "resolved"] as const;
export type IncidentStatus = (typeof incidentStatuses)[number];

export interface Person {
  readonly name: string;
  readonly email: string;
}

/** Times are epoch milliseconds. */
export interface Incident {
  /** `inc_` and a ULID; one that an alert opened carries that alert's ULID, so opening can be repeated. */
  readonly id: string;
  /** Counts up from 1, for people. */
  readonly number: number;
  readonly title: string;
  readonly description: string | null;
  readonly service: string;
  readonly team: string;
  readonly severity: Severity;
  readonly status: IncidentStatus;
  readonly assignedTo: Person | null;
  readonly dedupKey: string | null;
  readonly source: string;
  readonly alertCount: number;
  readonly lastAlertAt: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
  readonly acknowledgedAt: number | null;
  readonly acknowledgedBy: string | null;
  readonly resolvedAt: number | null;
  readonly resolvedBy: string | null;
  readonly escalation: {
    readonly level: number;
    readonly pass: number;
    readonly nextAt: number | null;
  } | null;
  /** Quiet time after which it resolves itself; the service's setting when the incident opened. */
  readonly autoResolveSeconds: number | null;
  /** Of one that takes in alerts of a group: the group, and the own keys of those in it that still fire. */
  readonly group?: {
    readonly key: string;
    readonly windowSeconds: number;
    readonly firing: readonly string[];
  };
  /** When incidents of its key opened lately, its own opening included; where a rule watches for flapping. */
  readonly openings?: readonly number[];
  /** Its key has come and gone too often: it stays until that has been over for so long. */
  readonly flapping?: { readonly windowSeconds: number; readonly firing: boolean };
  /** When it resolves itself unless its alerts are sent again; absent: one of them doesn't say when it is over. */
  readonly endsAt?: number | undefined;
  /** By correlation key, the alerts of the last delivery that are counted but perhaps not recorded yet. */
  readonly countedAlerts: Readonly<Record<string, readonly string[]>>;
  /** Changes that are still to be published; stored with the state that they led to. */
  readonly pendingEvents: readonly IncidentEvent[];
  /** Grows by one a change; a write names the version that it read. */
  readonly version: number;
}

/** By whose name an incident resolves itself. */
export const autoResolver = "auto-resolve";

/** What is known of an incident when it opens. */
export type Opening = Pick<
  Incident,
  | "id"
  | "number"
  | "title"
  | "description"
  | "service"
  | "team"
  | "severity"
  | "assignedTo"
  | "dedupKey"
  | "source"
  | "createdAt"
  | "autoResolveSeconds"
  | "group"
  | "openings"
  | "flapping"
>;

/** A new incident, with the event that tells of it waiting to be published; it counts no alert yet. */
export function openIncident(opening: Opening, eventId: string, actor: string | null): Incident {
  const { id: incidentId, severity, source, createdAt: at } = opening;
  return {
    ...opening,
    status: "open",
    alertCount: 0,
    lastAlertAt: null,
    updatedAt: at,
    acknowledgedAt: null,
    acknowledgedBy: null,
    resolvedAt: null,
    resolvedBy: null,
    escalation: null,
    countedAlerts: {},
    pendingEvents: [{ id: eventId, incidentId, at, actor, type: "opened", severity, source }],
    version: 0,
  };
}

export type IncidentCommand =
  | { readonly type: "move"; readonly to: IncidentStatus; readonly actor: string | null }
  | { readonly type: "change_severity"; readonly to: Severity; readonly actor: string | null }
  | { readonly type: "rename"; readonly to: string; readonly actor: string | null }
  | { readonly type: "assign"; readonly to: Person | null; readonly actor: string | null };

/** What may follow what; a status that leads to itself is a repetition and changes nothing. */
const transitions: Readonly<Record<IncidentStatus, readonly IncidentStatus[]>> = {
  open: ["open", "acknowledged", "resolved"],
  acknowledged: ["acknowledged", "resolved"],
  resolved: ["resolved"],
};

/**
 * Applies one command. A repetition returns the very incident it was given.
 *
 * @throws Conflict when the incident's status does not allow it
 */
export function execute(
  incident: Incident,
  command: IncidentCommand,
  now: number,
  eventId: string,
): Incident {
  const occasion = { now, eventId, actor: command.actor };
  switch (command.type) {
    case "move":
      return move(incident, command.to, occasion);
    case "change_severity": {
      const { severity: from } = incident;
      const { to } = command;
      return to === from
        ? incident
        : change(incident, { severity: to }, { type: "severity_changed", from, to }, occasion);
    }
    case "rename": {
      const { title: from } = incident;
      const { to } = command;
      return to === from
        ? incident
        : change(incident, { title: to }, { type: "title_changed", from, to }, occasion);
    }
    case "assign": {
      const { to } = command;
      return samePerson(to, incident.assignedTo)
        ? incident
        : change(incident, { assignedTo: to }, { type: "assigned", to }, occasion);
    }
  }
}

function move(incident: Incident, to: IncidentStatus, occasion: Occasion): Incident {
  if (!transitions[incident.status].includes(to)) {
    throw new Conflict(`Incident ${incident.number} is ${incident.status} and can't become ${to}`);
  }
  if (to === incident.status || to === "open") return incident;
  const { now, actor } = occasion;
  const answered = {
    acknowledgedAt: incident.acknowledgedAt ?? now,
    acknowledgedBy: incident.acknowledgedBy,
  };
  if (incident.acknowledgedAt === null) answered.acknowledgedBy = actor;
  return to === "acknowledged"
    ? change(
        incident,
        {
          ...answered,
          status: to,
          escalation: incident.escalation && { ...incident.escalation, nextAt: null },
        },
        { type: "acknowledged" },
        occasion,
      )
    : change(
        incident,
        { ...answered, status: to, resolvedAt: now, resolvedBy: actor, escalation: null },
        { type: "resolved" },
        occasion,
      );
}

interface Occasion {
  readonly now: number;
  readonly eventId: string;
  readonly actor: string | null;
}

/** The incident with some fields changed, and the event that tells of it waiting to be published. */
export function change(
  incident: Incident,
  fields: Partial<Incident>,
  body: IncidentEventBody,
  { now, eventId, actor }: Occasion,
): Incident {
  const event: IncidentEvent = { id: eventId, incidentId: incident.id, at: now, actor, ...body };
  return { ...incident, ...fields, updatedAt: now, pendingEvents: [...incident.pendingEvents, event] };
}

/** The incident with the event that tells of a note waiting to be published; it is itself as it was. */
export function withNote(incident: Incident, note: Note): Incident {
  const event = eventOfNote(note);
  const others = incident.pendingEvents.filter(({ id }) => id !== event.id);
  return { ...incident, pendingEvents: [...others, event] };
}

/** Tells of a note. */
export function eventOfNote({ id: noteId, incidentId, author: actor, createdAt: at }: Note): IncidentEvent {
  return { id: eventIdOfNote(noteId), incidentId, at, actor, type: "noted", noteId };
}

function samePerson(a: Person | null, b: Person | null): boolean {
  return a?.email === b?.email && a?.name === b?.name;
}

/** Seconds from creation to acknowledgement; null while nobody has answered. */
export function mttaSeconds(incident: Incident): number | null {
  return incident.acknowledgedAt === null
    ? null
    : secondsBetween(incident.createdAt, incident.acknowledgedAt);
}

/** Seconds from creation to resolution; null while it is not resolved. */
export function mttrSeconds(incident: Incident): number | null {
  return incident.resolvedAt === null ? null : secondsBetween(incident.createdAt, incident.resolvedAt);
}

/** Never below zero: two machines' clocks may differ by more than a quick answer takes. */
function secondsBetween(from: number, to: number): number {
  return Math.max(0, to - from) / 1_000;
}
