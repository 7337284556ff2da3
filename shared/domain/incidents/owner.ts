import { change, type EventMetadata, type Incident } from "./incident.ts";
import type { Owner } from "./incident-event.ts";

/**
 * Returns the incident with another service or team. Another team has not seen it, so an unresolved incident is
 * assigned to no one.
 */
export function withOwner(incident: Incident, to: Owner, metadata: EventMetadata): Incident {
  const { service, team, status } = incident;
  if (to.service === service && to.team === team) return incident;
  const unassigned = to.team !== team && status !== "resolved" ? { assignedTo: null } : {};
  return change(incident, { ...to, ...unassigned }, { type: "moved", from: { service, team }, to }, metadata);
}
