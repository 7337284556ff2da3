import { Conflict } from "../errors.ts";
import { eventIdOfNote } from "../ids.ts";
import type { Link } from "../link.ts";
import type { EscalationPosition } from "../oncall/escalation.ts";
import type { ServiceSettings } from "../oncall/service.ts";
import type { Person } from "../person.ts";
import type { Severity } from "../severity.ts";
import { oneLine, splitLines } from "../text/lines.ts";
import type { IncidentEvent, IncidentEventBody, Note } from "./incident-event.ts";
import type { UrgencySetting } from "./urgency.ts";
import type { Urgency } from "./urgency-level.ts";

export const incidentStatuses = ["open", "acknowledged", "resolved"] as const;
export type IncidentStatus = (typeof incidentStatuses)[number];

/** A person who was asked to help, and the time of their answer. */
export interface Responder extends Person {
  readonly askedAt: number;
  readonly answeredAt: number | null;
}

/** Times are epoch milliseconds. */
export interface Incident extends ServiceSettings {
  /** `inc_` and a ULID. An incident opened by an alert has that alert's ULID, so opening is idempotent. */
  readonly id: string;
  /** Sequential number from 1, for people. */
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
  readonly escalation: (EscalationPosition & { readonly nextAt: number | null }) | null;
  /**
   * Last pass of the escalation when it ended. The pages of a later round get numbers of their own, and so
   * are new decisions.
   */
  readonly lastPass?: number;
  /** Time at which a person reopened it. Automatic resolution counts from then. */
  readonly reopenedAt?: number;
  /** Set if the present status was entered before: its start and actor this time. */
  readonly statusSince?: { readonly at: number; readonly by: string | null };
  /** End of a snooze. Until then the incident is acknowledged; afterwards it is open again. */
  readonly snoozedUntil?: number;
  /** Time at which an acknowledged incident is open again unless it is resolved before. */
  readonly acknowledgementExpiresAt?: number;
  /** ID of the incident that took over this one's alerts. */
  readonly mergedInto?: string;
  /** Number of incidents merged into this one, directly or before. Alerts of their keys join it. */
  readonly mergedCount?: number;
  /**
   * Own keys of alerts that still fire, if incidents were merged into this one: it resolves after the last.
   * Those of its group are in the group.
   */
  readonly mergedFiring?: readonly string[];
  /** People whose help was requested, in order. */
  readonly responders?: readonly Responder[];
  /** High if absent. Low urgency does not escalate. */
  readonly urgency?: Urgency;
  /** Time at which support hours make a low urgency high. */
  readonly raisesAt?: number;
  /** Set if severity or hours decide its urgency, also when it rises or is open again. */
  readonly urgencySetting?: UrgencySetting;
  /** Set if a person has decided its urgency, which then stays. */
  readonly urgencyChosen?: true;
  /** Links to runbooks, dashboards and sources, most important first. */
  readonly links?: readonly Link[];
  /** For an incident of a group: the group, and the own keys of its alerts that still fire. */
  readonly group?: {
    readonly key: string;
    readonly windowSeconds: number;
    readonly firing: readonly string[];
  };
  /** Times of recent openings with the same key, including its own, if a rule detects flapping. */
  readonly openings?: readonly number[];
  /** Set if the key is flapping: the incident stays open until it has been quiet for this long. */
  readonly flapping?: { readonly windowSeconds: number; readonly firing: boolean };
  /**
   * Time of automatic resolution unless its alerts are sent again; absent if one of its alerts has no end
   * time.
   */
  readonly endsAt?: number | undefined;
  /** IDs of alerts counted in the last delivery but possibly not recorded yet, by correlation key. */
  readonly countedAlerts: Readonly<Record<string, readonly string[]>>;
  /** Events to publish, stored with the state that caused them. */
  readonly pendingEvents: readonly IncidentEvent[];
  /** Increases by one with every change. A write is conditional on the version that was read. */
  readonly version: number;
}

/** Returns the title of an incident that an alert opens: `[CRITICAL] service: message`. */
export function titleOf({
  severity,
  service,
  message,
}: {
  readonly severity: Severity;
  readonly service: string;
  readonly message: string;
}): string {
  return oneLine(`[${severity.toUpperCase()}] ${service}: ${splitLines(message).headline}`);
}

/** Actor of automatic resolutions. */
export const autoResolver = "auto-resolve";

/** Properties of an incident when it opens. */
type NewIncident = Pick<
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
  | keyof ServiceSettings
  | "group"
  | "openings"
  | "flapping"
  | "links"
  | "urgency"
  | "raisesAt"
  | "urgencySetting"
>;

/** Creates an incident with its pending opening event. No alert is counted yet. */
export function openIncident(created: NewIncident, eventId: string, actor: string | null): Incident {
  const { id: incidentId, severity, source, createdAt: at } = created;
  return {
    ...created,
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
  | {
      readonly type: "move";
      readonly to: IncidentStatus;
      readonly actor: string | null;
      /** Channel in which the actor answered. */
      readonly via?: string | undefined;
      /** The actor as a person. An acknowledged incident is assigned to them, unless someone is assigned. */
      readonly person?: Person | null;
    }
  | { readonly type: "change_severity"; readonly to: Severity; readonly actor: string | null }
  | { readonly type: "rename"; readonly to: string; readonly actor: string | null }
  | { readonly type: "describe"; readonly to: string | null; readonly actor: string | null }
  | { readonly type: "assign"; readonly to: Person | null; readonly actor: string | null };

/** Allowed transitions. A transition to the same status is a repeat and changes nothing. */
const transitions: Readonly<Record<IncidentStatus, readonly IncidentStatus[]>> = {
  open: ["open", "acknowledged", "resolved"],
  acknowledged: ["acknowledged", "resolved"],
  resolved: ["resolved"],
};

/**
 * Applies one command. A repeat returns the same incident object.
 *
 * @throws Conflict if the incident's status does not allow it
 */
export function execute(
  incident: Incident,
  command: IncidentCommand,
  now: number,
  eventId: string,
): Incident {
  const via = command.type === "move" ? command.via : undefined;
  const metadata = { now, eventId, actor: command.actor, via };
  switch (command.type) {
    case "move":
      return move(incident, command, metadata);
    case "change_severity": {
      const { severity: from } = incident;
      const { to } = command;
      return to === from
        ? incident
        : change(incident, { severity: to }, { type: "severity_changed", from, to }, metadata);
    }
    case "rename": {
      const { title: from } = incident;
      const { to } = command;
      return to === from
        ? incident
        : change(incident, { title: to }, { type: "title_changed", from, to }, metadata);
    }
    case "describe": {
      const { to: description } = command;
      return description === incident.description
        ? incident
        : change(incident, { description }, { type: "description_changed" }, metadata);
    }
    case "assign": {
      const { to } = command;
      return samePerson(to, incident.assignedTo)
        ? incident
        : change(incident, { assignedTo: to }, { type: "assigned", to }, metadata);
    }
  }
}

function move(
  incident: Incident,
  { to, person = null }: Pick<IncidentCommand & { type: "move" }, "to" | "person">,
  metadata: EventMetadata,
): Incident {
  if (!transitions[incident.status].includes(to)) {
    const wanted = to === "open" ? "set to open. Unacknowledge or reopen it instead" : to;
    throw new Conflict(`Incident ${incident.number} is ${incident.status} and cannot be ${wanted}`);
  }
  const { snoozedUntil, acknowledgementExpiresAt, statusSince, ...rest } = incident;
  if (to === "open" || (to === incident.status && !isSnoozed(incident))) return incident;
  const { now, actor } = metadata;
  return to === "acknowledged"
    ? change(
        rest,
        { ...acknowledgement(incident, person, metadata), ...expiryOf(incident, metadata) },
        { type: "acknowledged" },
        metadata,
      )
    : change(
        rest,
        {
          ...firstAcknowledgement(incident, metadata),
          status: to,
          resolvedAt: now,
          resolvedBy: actor,
          escalation: null,
          lastPass: latestPassOf(incident),
        },
        { type: "resolved" },
        metadata,
      );
}

/**
 * Returns the fields that an acknowledgement changes. It stops the escalation, and assigns the incident to a
 * person unless someone is assigned.
 */
export function acknowledgement(
  incident: Incident,
  person: Person | null,
  metadata: EventMetadata,
): Partial<Incident> {
  const { acknowledgedAt, assignedTo, escalation } = incident;
  return {
    ...firstAcknowledgement(incident, metadata),
    ...(acknowledgedAt !== null && { statusSince: { at: metadata.now, by: metadata.actor } }),
    status: "acknowledged",
    assignedTo: assignedTo ?? person,
    escalation: escalation && { ...escalation, nextAt: null },
  };
}

/** Returns the end of an acknowledgement, unless it lasts until the resolution. */
function expiryOf(
  { acknowledgementTimeoutSeconds: seconds }: Incident,
  { now }: EventMetadata,
): Pick<Incident, "acknowledgementExpiresAt"> {
  return typeof seconds === "number" ? { acknowledgementExpiresAt: now + seconds * 1_000 } : {};
}

/** Returns true while an acknowledgement lasts only until the end of a snooze. */
export function isSnoozed({ status, snoozedUntil }: Pick<Incident, "status" | "snoozedUntil">): boolean {
  return status === "acknowledged" && snoozedUntil !== undefined;
}

/** Returns the last pass so far. A new round starts with the one after it. */
export function latestPassOf({
  escalation,
  lastPass = 1,
}: Pick<Incident, "escalation" | "lastPass">): number {
  return Math.max(escalation?.pass ?? 1, lastPass);
}

/** Returns the pass with which the present round of the policy began. */
export function firstPassOf({ escalation, lastPass = 1 }: Pick<Incident, "escalation" | "lastPass">): number {
  return escalation ? (escalation.firstPass ?? 1) : lastPass;
}

/** Returns the first acknowledgement, which the time to acknowledge counts. */
function firstAcknowledgement(
  { acknowledgedAt, acknowledgedBy }: Incident,
  { now, actor }: EventMetadata,
): Pick<Incident, "acknowledgedAt" | "acknowledgedBy"> {
  return acknowledgedAt === null
    ? { acknowledgedAt: now, acknowledgedBy: actor }
    : { acknowledgedAt, acknowledgedBy };
}

export interface EventMetadata {
  readonly now: number;
  readonly eventId: string;
  readonly actor: string | null;
  readonly via?: string | undefined;
}

/** Returns the incident with some fields changed and the corresponding event pending. */
export function change(
  incident: Incident,
  fields: Partial<Incident>,
  body: IncidentEventBody,
  { now, eventId, actor, via }: EventMetadata,
): Incident {
  const event: IncidentEvent = {
    id: eventId,
    incidentId: incident.id,
    at: now,
    actor,
    ...(via !== undefined && { via }),
    ...body,
  };
  return { ...incident, ...fields, updatedAt: now, pendingEvents: [...incident.pendingEvents, event] };
}

/** Returns the incident, otherwise unchanged, with the event of a note pending. */
export function withNote(incident: Incident, note: Note): Incident {
  const event = eventOfNote(note);
  const others = incident.pendingEvents.filter(({ id }) => id !== event.id);
  return { ...incident, pendingEvents: [...others, event] };
}

/** Creates the event of a note. */
export function eventOfNote({ id: noteId, incidentId, author: actor, createdAt: at }: Note): IncidentEvent {
  return { id: eventIdOfNote(noteId), incidentId, at, actor, type: "noted", noteId };
}

function samePerson(a: Person | null, b: Person | null): boolean {
  return a?.email === b?.email && a?.name === b?.name;
}

/** Seconds from creation to acknowledgement; null before that, and if it was merged into another. */
export function mttaSeconds({ mergedInto, createdAt, acknowledgedAt }: Incident): number | null {
  return acknowledgedAt === null || mergedInto !== undefined
    ? null
    : secondsBetween(createdAt, acknowledgedAt);
}

/** Seconds from creation to resolution; null before that, and if it was merged into another. */
export function mttrSeconds({ mergedInto, createdAt, resolvedAt }: Incident): number | null {
  return resolvedAt === null || mergedInto !== undefined ? null : secondsBetween(createdAt, resolvedAt);
}

/**
 * Returns at least zero, because the clocks of two machines may differ by more than a fast response takes.
 */
function secondsBetween(from: number, to: number): number {
  return Math.max(0, to - from) / 1_000;
}
