import type { Ownership } from "../alerts/correlation.ts";
import type { Link } from "../link.ts";
import { serviceSettingsOf } from "../oncall/service.ts";
import { change, type EventMetadata, type Incident } from "./incident.ts";
import type { Owner } from "./incident-event.ts";
import { withLinks } from "./incident-links.ts";
import { withUrgencySetting } from "./incident-urgency.ts";

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

/**
 * Returns the incident with the settings of its new service: its timeouts, its links in place of those of the service
 * that it leaves and before those of its alerts, and its urgency unless a person has chosen one.
 */
export function withSettingsOfService(
  incident: Incident,
  { links = [], urgency, ...settings }: Omit<Ownership, "team">,
  linksLeft: readonly Link[],
  metadata: EventMetadata,
): Incident {
  const { acknowledgementTimeoutSeconds, links: known = [], ...rest } = incident;
  const left = new Set(linksLeft.map(({ href }) => href));
  const settled: Incident = withLinks(
    { ...rest, ...serviceSettingsOf(settings), ...(links.length > 0 && { links }) },
    known.filter(({ href }) => !left.has(href)),
  );
  return settled.urgencyChosen ? settled : withUrgencySetting(settled, urgency, "moved", metadata);
}
