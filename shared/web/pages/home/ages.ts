import type { Incident } from "../../../domain/incidents/incident.ts";
import { type Severity, severities } from "../../../domain/severity.ts";
import { minuteMs } from "../../../domain/time-units.ts";

/** Ages of unresolved incidents. */
export const ages = [
  { name: "< 15m", below: 15 * minuteMs },
  { name: "< 1h", below: 60 * minuteMs },
  { name: "< 4h", below: 240 * minuteMs },
  { name: "< 1d", below: 1_440 * minuteMs },
  { name: "Older", below: Number.POSITIVE_INFINITY },
];

/** Incidents of a severity, by age. */
export interface AgeRow {
  readonly severity: Severity;
  readonly counts: readonly number[];
}

export function ageRows(incidents: readonly Incident[], now: number): AgeRow[] {
  const ageOf = ({ createdAt }: Incident) => ages.findIndex(({ below }) => now - createdAt < below);
  return severities.map((severity) => {
    const found = incidents.filter((incident) => incident.severity === severity).map(ageOf);
    return { severity, counts: ages.map((_, age) => found.filter((each) => each === age).length) };
  });
}
