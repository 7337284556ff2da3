import type { Incident, IncidentStatus } from "./incident.ts";

/** Current status of an incident, with its start (epoch milliseconds) and actor. */
interface CurrentStatus {
  readonly status: IncidentStatus;
  readonly since: number;
  /** Person or key; null for the platform. */
  readonly by: string | null;
}

export function currentStatus(incident: Incident): CurrentStatus {
  const { status, statusSince, createdAt, acknowledgedAt, acknowledgedBy, resolvedAt, resolvedBy } = incident;
  switch (status) {
    case "open":
      return { status, since: statusSince?.at ?? createdAt, by: statusSince?.by ?? null };
    case "acknowledged":
      return statusSince
        ? { status, since: statusSince.at, by: statusSince.by }
        : { status, since: acknowledgedAt ?? createdAt, by: acknowledgedBy };
    case "resolved":
      return { status, since: resolvedAt ?? createdAt, by: resolvedBy };
  }
}
