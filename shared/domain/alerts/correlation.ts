/**
 * Which incident an alert belongs to.
 *
 * With a dedup key: the unresolved incident of the same service and key. Without one: the unresolved incident
 * of the same service and severity whose last alert is recent enough. Where a rule groups alerts: the unresolved
 * incident in which the alert's own key still fires, else that of its group whose last alert is recent enough.
 * Alerts arrive in order within a correlation key; the same alert may arrive again.
 */

import { incidentIdOfAlert } from "../ids.ts";
import { autoResolver, execute, type Incident, openIncident } from "../incidents/incident.ts";
import { limits } from "../limits.ts";
import { oneLine, splitLines } from "../lines.ts";
import { isWorse, type Severity, severities } from "../severity.ts";
import type { Alert, AlertOutcome, RecordedAlert } from "./alert.ts";
import type { Swinging } from "./flapping.ts";

type Keyed = Pick<Alert, "service" | "severity" | "dedupKey" | "route">;

/** Names the incidents that an alert may join; alerts with one key are handled one after the other. */
export function correlationKey(alert: Keyed): string {
  return alert.route?.group?.key ?? ownKey(alert);
}

/** What the alert is about, whatever group it is in. */
export function ownKey(alert: Keyed): string {
  return alert.dedupKey === null
    ? severityKey(alert.service, alert.severity)
    : `key#${JSON.stringify([alert.service, alert.dedupKey])}`;
}

/**
 * The keys that may lead to an alert's incident, the likeliest first. An alert without a dedup key joins what
 * others without one opened; failing that, what alerts with a key did. One of a group joins the incident that it is
 * in already, or else that of the group.
 */
export function leadingKeys(alert: Keyed): string[] {
  const own = ownKey(alert);
  const group = alert.route?.group;
  if (group) return alert.dedupKey === null ? [group.key] : [own, group.key];
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

/** The keys by which alerts find incidents of a service that are at least that bad, the worst first. */
export function severityKeysFrom(service: string, severity: Severity): string[] {
  return severities
    .filter((each) => !isWorse(severity, each))
    .flatMap((each) => [keyedSeverityKey(service, each), severityKey(service, each)]);
}

function keyedSeverityKey(service: string, severity: Severity): string {
  return `keyed#${severityKey(service, severity)}`;
}

/** The correlation key of alerts that name no dedup key. */
export function severityKey(service: string, severity: Severity): string {
  return `severity#${service}#${severity}`;
}

/** Whether the alert belongs to this incident, which one of its keys led to. */
export function joins(alert: Alert, incident: Incident, windowMs: number): boolean {
  if (incident.status === "resolved") return false;
  const quietMs =
    incident.lastAlertAt === null ? Number.POSITIVE_INFINITY : alert.receivedAt - incident.lastAlertAt;
  if (alert.dedupKey === null && !alert.route?.group)
    return incident.severity === alert.severity && quietMs <= windowMs;
  const { group } = incident;
  if (!group || firesIn(incident, alert)) return true;
  return (
    (alert.action === "trigger" || alert.dedupKey === null) &&
    alert.route?.group?.key === group.key &&
    quietMs <= group.windowSeconds * 1_000 &&
    group.firing.length < limits.groupedAlerts
  );
}

function firesIn({ group }: Incident, alert: Alert): boolean {
  return group?.firing.includes(ownKey(alert)) ?? false;
}

/**
 * Whether an alert only says again what somebody has resolved meanwhile. A sender that goes on saying it for longer
 * than the window means it; one that had fallen silent never echoes.
 */
export function isEcho(alert: Alert, { resolvedAt, resolvedBy }: Incident, windowMs: number): boolean {
  return (
    alert.action === "trigger" &&
    alert.startsAt !== undefined &&
    resolvedAt !== null &&
    alert.startsAt <= resolvedAt &&
    alert.receivedAt - resolvedAt <= windowMs &&
    resolvedBy !== autoResolver
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
      if (!opens && leadsElsewhere(alert, alerts[0] ?? alert, current)) break;
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

/** Of a group, each is looked up by its own key when it first comes: it may be in another incident already. */
function leadsElsewhere(alert: Alert, first: Alert, incident: Incident): boolean {
  return ownKey(alert) !== ownKey(first) && !firesIn(incident, alert);
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
    case "resolve": {
      const eased = withFiring(counted, alert, false);
      return eased.flapping || (eased.group?.firing.length ?? 0) > 0
        ? eased
        : execute(eased, { type: "move", to: "resolved", actor }, alert.receivedAt, nextEventId());
    }
    case "trigger": {
      const firing = { ...withFiring(counted, alert, true), endsAt: laterEnd(incident, alert) };
      return isWorse(alert.severity, firing.severity)
        ? execute(
            firing,
            { type: "change_severity", to: alert.severity, actor },
            alert.receivedAt,
            nextEventId(),
          )
        : firing;
    }
  }
}

/** Only what has a key can say that it is over: nothing waits for the others of a group. */
function withFiring(incident: Incident, alert: Alert, fires: boolean): Incident {
  const { group, flapping } = incident;
  const others = group?.firing.filter((key) => key !== ownKey(alert)) ?? [];
  const firing = fires && alert.dedupKey !== null ? [...others, ownKey(alert)] : others;
  return {
    ...incident,
    ...(group && { group: { ...group, firing } }),
    ...(flapping && { flapping: { ...flapping, firing: fires || others.length > 0 } }),
  };
}

/** The own keys that came to fire in a grouped incident between two states of it, and those that ceased to. */
export interface Regrouped {
  readonly joined: readonly string[];
  readonly left: readonly string[];
}

export function regrouped(before: Incident, after: Incident): Regrouped {
  const then = new Set(before.group?.firing);
  const now = new Set(after.group?.firing);
  return { joined: [...now.difference(then)], left: [...then.difference(now)] };
}

/** When the last of an incident's alerts is over; undefined as soon as one of them doesn't say. */
function laterEnd({ alertCount, endsAt }: Incident, alert: Alert): number | undefined {
  if (alertCount === 0 || alert.endsAt === undefined) return alert.endsAt;
  return endsAt === undefined ? undefined : Math.max(endsAt, alert.endsAt);
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
export function incidentOfAlert(
  alert: Alert,
  number: number,
  owner: Ownership,
  eventId: string,
  swinging: Swinging = {},
): Incident {
  const group = alert.route?.group;
  const { headline, rest } = splitLines(alert.message);
  const opening = {
    id: incidentIdOfAlert(alert.id),
    number,
    title: oneLine(
      `[${alert.severity.toUpperCase()}] ${alert.service}: ${headline}${swinging.flapping ? " (flapping)" : ""}`,
    ),
    description: rest || null,
    service: alert.service,
    severity: alert.severity,
    assignedTo: null,
    dedupKey: alert.dedupKey,
    source: alert.source,
    createdAt: alert.receivedAt,
    ...owner,
    team: alert.team ?? owner.team,
    ...(group && { group: { ...group, firing: [] } }),
    ...swinging,
  };
  return openIncident(opening, eventId, null);
}
