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

/** Returns the incident with another urgency, decided by a person. Neither severity nor hours change it again. */
export function withUrgency(incident: Incident, to: Urgency, metadata: EventMetadata): Incident {
  const { urgencySetting, raisesAt, ...rest } = incident;
  if ((incident.urgency ?? "high") === to) return urgencySetting === undefined ? incident : rest;
  return changed(rest, { ...(to === "low" && { urgency: to }) }, "person", metadata);
}

/** Returns the incident with the urgency of its severity and of the hours at this time. */
export function withUrgencyNow(incident: Incident, cause: UrgencyCause, metadata: EventMetadata): Incident {
  const { urgencySetting, urgency, raisesAt, ...rest } = incident;
  if (urgencySetting === undefined) return incident;
  const next = urgencyFields(urgencySetting, incident.severity, metadata.now);
  return next.urgency === urgency ? { ...rest, ...next } : changed(incident, next, cause, metadata);
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
