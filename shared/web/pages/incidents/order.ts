/** Order and groups of unresolved incidents. */
import type { Incident } from "../../../domain/incidents/incident.ts";
import { severities } from "../../../domain/severity.ts";

export const sortings = ["newest", "oldest", "alerts"] as const;
export type Sorting = (typeof sortings)[number];

export const groupings = ["severity", "service", "team"] as const;
export type Grouping = (typeof groupings)[number];

type Compare = (a: Incident, b: Incident) => number;

const comparisons: Readonly<Record<Sorting, Compare>> = {
  newest: (a, b) => b.createdAt - a.createdAt,
  oldest: (a, b) => a.createdAt - b.createdAt,
  alerts: (a, b) => b.alertCount - a.alertCount || b.createdAt - a.createdAt,
};

/** Returns a comparison by severity, open incidents before acknowledged ones, then by what was asked for. */
export function bySeverity(sorting: Sorting): Compare {
  const rank = ({ severity, status }: Incident) =>
    severities.indexOf(severity) * 2 + (status === "open" ? 0 : 1);
  return (a, b) => rank(a) - rank(b) || comparisons[sorting](a, b);
}

/** Incidents of one severity, service or team. */
export interface IncidentGroup {
  readonly name: string;
  readonly incidents: readonly Incident[];
  /** Number of incidents in the group, including those that are not shown. */
  readonly total: number;
}

/** Groups incidents. The group with the first incident comes first. */
export function groupIncidents(
  shown: readonly Incident[],
  all: readonly Incident[],
  by: Grouping,
): readonly IncidentGroup[] {
  const totals = Map.groupBy(all, (incident) => incident[by]);
  return [...Map.groupBy(shown, (incident) => incident[by])].map(([name, incidents]) => ({
    name,
    incidents,
    total: Math.max(incidents.length, totals.get(name)?.length ?? 0),
  }));
}
