import type { Severity } from "../severity.ts";
import type { Incident, IncidentStatus } from "./incident.ts";
import type { Urgency } from "./urgency-level.ts";

/** Properties that listed incidents have. Undefined ones match all incidents. */
export interface IncidentFilter {
  readonly status?: IncidentStatus | undefined;
  readonly severity?: Severity | undefined;
  readonly urgency?: Urgency | undefined;
  readonly service?: string | undefined;
  readonly team?: string | undefined;
  /** Text that the title contains, case-insensitively. */
  readonly text?: string | undefined;
}

/** Returns a predicate of incidents that a filter accepts. */
export function accepts({ status, severity, urgency, service, team, text = "" }: IncidentFilter) {
  const searched = text.toLowerCase();
  return (incident: Incident): boolean =>
    (status ?? incident.status) === incident.status &&
    (severity ?? incident.severity) === incident.severity &&
    (urgency ?? incident.urgency ?? "high") === (incident.urgency ?? "high") &&
    (service ?? incident.service) === incident.service &&
    (team ?? incident.team) === incident.team &&
    incident.title.toLowerCase().includes(searched);
}
