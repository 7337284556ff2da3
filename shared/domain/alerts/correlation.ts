/**
 * Selects the incident that an alert belongs to.
 *
 * - With a dedup key: the unresolved incident of the same service and key.
 * - Without one: the unresolved incident of the same service and severity whose last alert is recent enough.
 * - If a rule groups alerts: the unresolved incident in which the alert's own key still fires, otherwise the
 *   incident of its group whose last alert is recent enough.
 * - Keys of an incident that was merged into another lead to that one, regardless of severity and group.
 *
 * Alerts arrive in order within a correlation key. The same alert may arrive again.
 */

import { incidentIdOfAlert } from "../ids.ts";
import { autoResolver, execute, type Incident, openIncident, titleOf } from "../incidents/incident.ts";
import { withLinks } from "../incidents/incident-links.ts";
import { urgencyFields } from "../incidents/incident-urgency.ts";
import type { UrgencySetting } from "../incidents/urgency.ts";
import { limits } from "../limits.ts";
import type { Link } from "../link.ts";
import type { ServiceSettings } from "../oncall/service.ts";
import { isWorse, type Severity, severities } from "../severity.ts";
import { splitLines } from "../text/lines.ts";
import type { Alert, AlertOutcome, RecordedAlert } from "./alert.ts";
import { linksOfAlert } from "./alert-links.ts";
import type { FlapHistory } from "./flapping.ts";

type Keyed = Pick<Alert, "service" | "severity" | "dedupKey" | "route">;

/** Identifies the incidents that an alert may join. Alerts with one key are processed in order. */
export function correlationKey(alert: Keyed): string {
  return alert.route?.group?.key ?? configuredKey(alert);
}

/** Key of the alert itself, regardless of its group. */
export function configuredKey(alert: Keyed): string {
  return alert.dedupKey === null
    ? severityKey(alert.service, alert.severity)
    : ownKeyPrefix + JSON.stringify([alert.service, alert.dedupKey]);
}

const ownKeyPrefix = "key#";

/**
 * Returns the keys that may identify an alert's incident, in order of preference. An alert without a dedup
 * key joins an incident opened by keyless alerts, otherwise one opened by alerts with a key. A grouped alert
 * joins the incident that already contains it, otherwise the incident of its group.
 */
export function candidateKeys(alert: Keyed): string[] {
  const own = configuredKey(alert);
  const group = alert.route?.group;
  if (group) return alert.dedupKey === null ? [group.key] : [own, group.key];
  return alert.dedupKey === null ? [own, keyedSeverityKey(alert.service, alert.severity)] : [own];
}

/** Returns the keys that belong to one incident: its dedup key, its group, and the alerts that fire in it. */
export function ownKeysOf(incident: Incident): string[] {
  const { dedupKey, group, mergedFiring = [] } = incident;
  const dedupKeys = dedupKey === null ? [] : dedupKeysOf({ ...incident, dedupKey });
  return [...new Set([...dedupKeys, ...(group ? [group.key, ...group.firing] : []), ...mergedFiring])];
}

/** Returns the keys by which other alerts find this incident, besides its own dedup key. */
export function severityKeysOf(
  incident: Pick<Incident, "service" | "severity" | "dedupKey" | "lastAlertAt">,
): string[] {
  const { service, severity, dedupKey, lastAlertAt } = incident;
  if (lastAlertAt === null) return [];
  return [dedupKey === null ? severityKey(service, severity) : keyedSeverityKey(service, severity)];
}

/** Returns the keys that find incidents of a service with at least this severity, most severe first. */
export function severityKeysFrom(service: string, severity: Severity): string[] {
  return severities
    .filter((each) => !isWorse(severity, each))
    .flatMap((each) => [keyedSeverityKey(service, each), severityKey(service, each)]);
}

function keyedSeverityKey(service: string, severity: Severity): string {
  return `keyed#${severityKey(service, severity)}`;
}

/** Correlation key of alerts without a dedup key. */
function severityKey(service: string, severity: Severity): string {
  return `severity#${service}#${severity}`;
}

/** Returns true if the alert belongs to this incident, which was found by one of its keys. */
export function joins(alert: Alert, incident: Incident, windowMs: number): boolean {
  if (incident.status === "resolved") return false;
  const quietMs =
    incident.lastAlertAt === null ? Number.POSITIVE_INFINITY : alert.receivedAt - incident.lastAlertAt;
  const merged = incident.mergedCount !== undefined;
  if (alert.dedupKey === null && !alert.route?.group)
    return (merged || incident.severity === alert.severity) && quietMs <= windowMs;
  const group = merged ? alert.route?.group : incident.group;
  if (!group || firesIn(incident, alert)) return true;
  return (
    (alert.action === "trigger" || alert.dedupKey === null) &&
    alert.route?.group?.key === group.key &&
    quietMs <= group.windowSeconds * 1_000 &&
    firingKeysOf(incident).length < (merged ? limits.mergedAlerts : limits.groupedAlerts)
  );
}

function firesIn(incident: Incident, alert: Alert): boolean {
  return trackedKeys(incident).includes(configuredKey(alert));
}

/** Own keys of firing alerts of an incident that resolves after the last of them. */
function trackedKeys({ group, mergedFiring = [] }: Incident): readonly string[] {
  return [...(group?.firing ?? []), ...mergedFiring];
}

/** Returns the own keys of an incident's firing alerts. Alerts without a key are not known to fire. */
export function firingKeysOf(incident: Incident): readonly string[] {
  const { status, group, mergedFiring, dedupKey, flapping } = incident;
  if (status === "resolved") return [];
  if (group || mergedFiring) return trackedKeys(incident);
  if (dedupKey === null || flapping?.firing === false) return [];
  return dedupKeysOf({ ...incident, dedupKey });
}

/** Returns the keys of alerts with the dedup key. They keep the key of the service that it was moved from. */
function dedupKeysOf(incident: Incident & { readonly dedupKey: string }): readonly string[] {
  const counted = Object.keys(incident.countedAlerts).filter((key) => key.startsWith(ownKeyPrefix));
  return counted.length > 0 ? counted : [configuredKey(incident)];
}

/**
 * Returns true if an alert only repeats what a person has just resolved. If the sender repeats it for longer
 * than the window, it counts as a new problem. An alert that had stopped firing is never a late repeat.
 */
export function isLateRepeat(alert: Alert, { resolvedAt, resolvedBy }: Incident, windowMs: number): boolean {
  return (
    alert.action === "trigger" &&
    alert.startsAt !== undefined &&
    resolvedAt !== null &&
    alert.startsAt <= resolvedAt &&
    alert.receivedAt - resolvedAt <= windowMs &&
    resolvedBy !== autoResolver
  );
}

/** Returns true if an earlier delivery of this alert is counted in the incident. */
export function isCounted(alert: Alert, incident: Incident): boolean {
  return incident.countedAlerts[correlationKey(alert)]?.includes(alert.id) ?? false;
}

interface AddedAlerts {
  readonly incident: Incident;
  /** Leading alerts that belong to the incident. The rest belongs elsewhere. */
  readonly recorded: readonly RecordedAlert[];
}

/**
 * Adds alerts of one correlation key to an incident, up to the first that belongs to another. Alerts counted
 * by an earlier delivery only get their outcome again.
 */
export function addAlerts(
  incident: Incident,
  alerts: readonly Alert[],
  windowMs: number,
  nextEventId: () => string,
): AddedAlerts {
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

/**
 * Returns true for a grouped alert that is new to this incident: it is looked up by its own key first,
 * because another incident may contain it.
 */
function leadsElsewhere(alert: Alert, first: Alert, incident: Incident): boolean {
  return configuredKey(alert) !== configuredKey(first) && !firesIn(incident, alert);
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
      return eased.flapping || trackedKeys(eased).length > 0
        ? eased
        : execute(eased, { type: "move", to: "resolved", actor }, alert.receivedAt, nextEventId());
    }
    case "trigger": {
      const firing = {
        ...withLinks(withFiring(counted, alert, true), linksOfAlert(alert)),
        endsAt: laterEnd(incident, alert),
      };
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

/**
 * Tracks firing alerts of a group and of merged incidents. Only alerts with a key can resolve, so the
 * incident waits for no others.
 */
function withFiring(incident: Incident, alert: Alert, fires: boolean): Incident {
  const { group, mergedFiring, flapping } = incident;
  const own = configuredKey(alert);
  const inGroup = !mergedFiring || alert.route?.group?.key === group?.key;
  const next = (keys: readonly string[], isTheirs: boolean) => {
    const others = keys.filter((key) => key !== own);
    return fires && isTheirs && alert.dedupKey !== null ? [...others, own] : others;
  };
  const tracked = {
    ...incident,
    ...(group && { group: { ...group, firing: next(group.firing, inGroup) } }),
    ...(mergedFiring && { mergedFiring: next(mergedFiring, !group || !inGroup) }),
  };
  const othersFire = trackedKeys(tracked).some((key) => key !== own);
  return { ...tracked, ...(flapping && { flapping: { ...flapping, firing: fires || othersFire } }) };
}

/** Own keys that started firing in an incident, and that stopped firing in its group, between two states. */
export interface Regrouped {
  readonly joined: readonly string[];
  readonly left: readonly string[];
}

export function regrouped(before: Incident, after: Incident): Regrouped {
  const now = new Set(trackedKeys(after));
  return {
    joined: [...now.difference(new Set(trackedKeys(before)))],
    left: [...new Set(before.group?.firing).difference(now)],
  };
}

/** Returns the end of the incident's last alert; undefined if one of its alerts has no end time. */
function laterEnd({ alertCount, endsAt }: Incident, alert: Alert): number | undefined {
  if (alertCount === 0 || alert.endsAt === undefined) return alert.endsAt;
  return endsAt === undefined ? undefined : Math.max(endsAt, alert.endsAt);
}

function outcomeIn(alert: Alert, incident: Incident): AlertOutcome {
  return incidentIdOfAlert(alert.id) === incident.id ? "new_incident" : "existing_incident";
}

/** Properties of a new incident that do not come from its alert. */
export interface Ownership extends ServiceSettings {
  readonly team: string;
  /** Links of the service; absent if it has none. */
  readonly links?: readonly Link[];
  readonly urgency: UrgencySetting;
}

/** Creates the incident that an alert opens. The alert is not counted yet. */
export function incidentOfAlert(
  alert: Alert,
  number: number,
  { urgency, ...owner }: Ownership,
  eventId: string,
  flapHistory: FlapHistory = {},
): Incident {
  const group = alert.route?.group;
  const opening = {
    id: incidentIdOfAlert(alert.id),
    number,
    title: titleOf(alert) + (flapHistory.flapping ? " (flapping)" : ""),
    description: splitLines(alert.message).rest || null,
    service: alert.service,
    severity: alert.severity,
    assignedTo: null,
    dedupKey: alert.dedupKey,
    source: alert.source,
    createdAt: alert.receivedAt,
    ...owner,
    team: alert.team ?? owner.team,
    ...urgencyFields(alert.route?.urgency ?? urgency, alert.severity, alert.receivedAt),
    ...(group && { group: { ...group, firing: [] } }),
    ...flapHistory,
  };
  return openIncident(opening, eventId, null);
}
