import type { Incident, IncidentStatus } from "./incident.ts";

/** Where an incident stands: since when (epoch milliseconds), and who brought it there. */
export interface Standing {
  readonly status: IncidentStatus;
  readonly since: number;
  /** Null for nobody in particular. */
  readonly by: string | null;
}

export function standingOf(incident: Incident): Standing {
  const { status, createdAt, acknowledgedAt, acknowledgedBy, resolvedAt, resolvedBy } = incident;
  switch (status) {
    case "open":
      return { status, since: createdAt, by: null };
    case "acknowledged":
      return { status, since: acknowledgedAt ?? createdAt, by: acknowledgedBy };
    case "resolved":
      return { status, since: resolvedAt ?? createdAt, by: resolvedBy };
  }
}
