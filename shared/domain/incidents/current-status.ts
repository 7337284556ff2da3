import { formatMinute } from "../time.ts";
import { byActor } from "./event-labels.ts";
import type { Incident, IncidentStatus } from "./incident.ts";
import type { ActionOutcome } from "./incident-action.ts";

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

/** Returns the current status in words: `acknowledged by Ada at 2026-11-23 10:01 UTC`. */
export function statusLine(incident: Incident): string {
  const { status, since, by } = currentStatus(incident);
  return `${status}${byActor(by)} at ${formatMinute(since)}`;
}

/**
 * Returns the outcome of an action in words that follow the name of the incident.
 *
 * @param wanted what the action leads to
 */
export function outcomeLabel(
  outcome: ActionOutcome,
  incident: Incident,
  wanted: "acknowledged" | "resolved" | "snoozed",
): string {
  const line = statusLine(incident);
  switch (outcome) {
    case "done":
      return line;
    case "answered":
      return `your answer is recorded. It is ${line}`;
    case "already":
      return `already ${line}`;
    case "too_late":
      return `can no longer be ${wanted}: ${line}`;
  }
}
