/** Urgency of an incident: decided when it opens, when its severity rises, when hours begin and when it is open again. */
import type { Severity } from "../severity.ts";
import { change, type EventMetadata, type Incident } from "./incident.ts";
import type { UrgencyCause } from "./incident-event.ts";
import { nextHighAt, type UrgencySetting, urgencyAt } from "./urgency.ts";
import type { Urgency } from "./urgency-level.ts";

type UrgencyFields = Pick<Incident, "urgency" | "raisesAt" | "urgencySetting">;

/** Returns the fields of a new incident for its urgency. High urgency for ever takes none. */
export function urgencyFields(setting: UrgencySetting, severity: Severity, at: number): UrgencyFields {
  const urgency = urgencyAt(setting, severity, at);
  const raisesAt = urgency === "low" ? nextHighAt(setting, severity, at) : null;
  return {
    ...(urgency === "low" && { urgency }),
    ...(raisesAt !== null && { raisesAt }),
    ...(setting !== "high" && setting !== "low" && { urgencySetting: setting }),
  };
}

/** Returns the incident with an urgency decided by a person. Neither severity, hours nor a move change it again. */
export function withUrgency(incident: Incident, to: Urgency, metadata: EventMetadata): Incident {
  const { urgencySetting, raisesAt, ...rest } = incident;
  const chosen = { ...rest, urgencyChosen: true } as const;
  if ((incident.urgency ?? "high") === to) return incident.urgencyChosen ? incident : chosen;
  return changed(chosen, { ...(to === "low" && { urgency: to }) }, "person", metadata);
}

/** Returns the incident with the urgency of its severity and of the hours at this time. */
export function withUrgencyNow(incident: Incident, cause: UrgencyCause, metadata: EventMetadata): Incident {
  const { urgencySetting } = incident;
  return urgencySetting === undefined
    ? incident
    : withUrgencySetting(incident, urgencySetting, cause, metadata);
}

/** Returns the incident with a setting that decides its urgency from now on. */
export function withUrgencySetting(
  incident: Incident,
  setting: UrgencySetting,
  cause: UrgencyCause,
  metadata: EventMetadata,
): Incident {
  const { urgencySetting, raisesAt, ...rest } = incident;
  const next = urgencyFields(setting, incident.severity, metadata.now);
  return next.urgency === incident.urgency ? { ...rest, ...next } : changed(rest, next, cause, metadata);
}

/** Returns the cause of a change for an incident that is open again. */
export function causeWhenReopened({ urgencySetting }: Incident): UrgencyCause {
  return typeof urgencySetting === "string" ? "severity" : "hours";
}

function changed(
  { urgency: from = "high", raisesAt, ...rest }: Incident,
  fields: UrgencyFields,
  cause: UrgencyCause,
  metadata: EventMetadata,
): Incident {
  const { urgency: to = "high" } = fields;
  const { escalation } = rest;
  // Low urgency does not escalate.
  const stopped = to === "low" && escalation ? { escalation: { ...escalation, nextAt: null } } : {};
  return change(rest, { ...fields, ...stopped }, { type: "urgency_changed", from, to, cause }, metadata);
}
