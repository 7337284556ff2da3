import type { Incident } from "../../../domain/incidents/incident.ts";
import type { Service } from "../../../domain/oncall/service.ts";
import { type Severity, severities } from "../../../domain/severity.ts";

/** A row of the list of services. */
export interface ListedService {
  readonly name: string;
  readonly team: string;
  /** Undefined for a service that only incidents name. */
  readonly settings: Service | undefined;
  /** Unresolved incidents. */
  readonly incidents: number;
  /** The highest severity of these incidents; null without any. */
  readonly worst: Severity | null;
}

/** Returns services with their unresolved incidents: those with the most first, then by name. */
export function listedServices(
  services: readonly Service[],
  unresolved: readonly Incident[],
): ListedService[] {
  const rows = new Map<string, ListedService>(
    services.map((settings) => [
      settings.name,
      { name: settings.name, team: settings.team, settings, incidents: 0, worst: null },
    ]),
  );
  for (const { service: name, team, severity } of unresolved) {
    const row = rows.get(name) ?? { name, team, settings: undefined, incidents: 0, worst: null };
    const worst = row.worst === null || rank(severity) < rank(row.worst) ? severity : row.worst;
    rows.set(name, { ...row, incidents: row.incidents + 1, worst });
  }
  return [...rows.values()].toSorted((a, b) => b.incidents - a.incidents || a.name.localeCompare(b.name));
}

function rank(severity: Severity): number {
  return severities.indexOf(severity);
}
