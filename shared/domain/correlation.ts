/**
 * Which incident an alert belongs to.
 *
 * With a dedup key: the unresolved incident of the same service and key. Without one: the unresolved incident
 * of the same service and severity whose last alert is recent enough. Alerts arrive in order within a
 * correlation key; the same alert may arrive again.
 */
import type { Alert, AlertOutcome, RecordedAlert } from "./alert.ts";
import { incidentIdOfAlert } from "./ids.ts";
import { execute, type Incident, openIncident } from "./incident.ts";
import { isWorse, type Severity } from "./severity.ts";

/** Names the incidents that an alert may join; alerts with one key are handled one after the other. */
export function correlationKey(alert: Pick<Alert, "service" | "severity" | "dedupKey">): string {
  return alert.dedupKey === null
    ? severityKey(alert.service, alert.severity)
    : `key#${JSON.stringify([alert.service, alert.dedupKey])}`;
}

/**
 * The keys that may lead to an alert's incident, the likeliest first. An alert without a dedup key joins what
 * others without one opened; failing that, what alerts with a key did.
 */
export function leadingKeys(alert: Pick<Alert, "service" | "severity" | "dedupKey">): string[] {
  const own = correlationKey(alert);
  return alert.dedupKey === null ? [own, keyedSeverityKey(alert.service, alert.severity)] : [own];
}

/** The keys by which alerts find an incident that others of them feed, beside that of its own dedup key. */
export function severityKeysOf(
  incident: Pick<Incident, "service" | "severity" | "dedupKey" | "lastAlertAt">,
): string[] {
  const { service, severity, dedupKey, lastAlertAt } = incident;
  if (lastAlertAt === null) return [];
  return [dedupKey === null ? severityKey(service, severity) : keyedSeverityKey(service, severity)];
}

function keyedSeverityKey(service: string, severity: Severity): string {
  return `keyed#${severityKey(service, severity)}`;
}

/** The correlation key of alerts that name no dedup key. */
export function severityKey(service: string, severity: Severity): string {
  return `severity#${service}#${severity}`;
}

/** Whether the alert belongs to this incident, which its correlation key led to. */
export function joins(alert: Alert, incident: Incident, windowMs: number): boolean {
  if (incident.status === "resolved") return false;
  if (alert.dedupKey !== null) return true;
  return (
    incident.severity === alert.severity &&
    incident.lastAlertAt !== null &&
    alert.receivedAt - incident.lastAlertAt <= windowMs
  );
}

/** Whether an earlier delivery of this alert is counted in the incident. */
export function isCounted(alert: Alert, incident: Incident): boolean {
  return incident.countedAlerts[correlationKey(alert)]?.includes(alert.id) ?? false;
}

export interface Absorbed {
  readonly incident: Incident;
  /** The alerts taken in, from the first on; what follows them belongs elsewhere. */
  readonly recorded: readonly RecordedAlert[];
}

/**
 * Takes alerts of one correlation key into an incident, up to the first that belongs to another.
 * Alerts that an earlier delivery has counted are only given their outcome again.
 */
export function absorb(
  incident: Incident,
  alerts: readonly Alert[],
  windowMs: number,
  nextEventId: () => string,
): Absorbed {
  const recorded: RecordedAlert[] = [];
  let current = incident;
  let counted = false;
  for (const alert of alerts) {
    if (!isCounted(alert, incident)) {
      const opens = incidentIdOfAlert(alert.id) === incident.id;
      if (!opens && !joins(alert, current, windowMs)) break;
      current = count(current, alert, nextEventId);
      counted = true;
    }
    recorded.push({ ...alert, outcome: outcomeIn(alert, incident), incidentId: incident.id });
  }
  if (counted) {
    const key = correlationKey(recorded[0] as RecordedAlert);
    current = {
      ...current,
      countedAlerts: { ...current.countedAlerts, [key]: recorded.map(({ id }) => id) },
    };
  }
  return { incident: current, recorded };
}

function count(incident: Incident, alert: Alert, nextEventId: () => string): Incident {
  const actor = alert.source;
  const counted: Incident = {
    ...incident,
    alertCount: incident.alertCount + 1,
    lastAlertAt: Math.max(alert.receivedAt, incident.lastAlertAt ?? 0),
    updatedAt: Math.max(alert.receivedAt, incident.updatedAt),
  };
  switch (alert.action) {
    case "acknowledge":
      return execute(counted, { type: "move", to: "acknowledged", actor }, alert.receivedAt, nextEventId());
    case "resolve":
      return execute(counted, { type: "move", to: "resolved", actor }, alert.receivedAt, nextEventId());
    case "trigger":
      return isWorse(alert.severity, counted.severity)
        ? execute(
            counted,
            { type: "change_severity", to: alert.severity, actor },
            alert.receivedAt,
            nextEventId(),
          )
        : counted;
  }
}

function outcomeIn(alert: Alert, incident: Incident): AlertOutcome {
  return incidentIdOfAlert(alert.id) === incident.id ? "new_incident" : "existing_incident";
}

/** What a new incident takes from elsewhere than its alert. */
export interface Ownership {
  readonly team: string;
  readonly autoResolveSeconds: number | null;
}

/** The incident that an alert opens; it does not count the alert yet. */
export function incidentOfAlert(alert: Alert, number: number, owner: Ownership, eventId: string): Incident {
  const opening = {
    id: incidentIdOfAlert(alert.id),
    number,
    title: `[${alert.severity.toUpperCase()}] ${alert.service}: ${alert.message}`,
    description: null,
    service: alert.service,
    severity: alert.severity,
    assignedTo: null,
    dedupKey: alert.dedupKey,
    source: alert.source,
    createdAt: alert.receivedAt,
    ...owner,
  };
  return openIncident(opening, eventId, null);
}
