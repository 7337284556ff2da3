import type { Alert, RecordedAlert } from "../../domain/alerts/alert.ts";
import {
  addAlerts,
  candidateKeys,
  configuredKey,
  correlationKey,
  incidentOfAlert,
  isCounted,
  isLateRepeat,
  joins,
  ownKeysOf,
  regrouped,
} from "../../domain/alerts/correlation.ts";
import { flapHistory } from "../../domain/alerts/flapping.ts";
import { routed, rulesAt } from "../../domain/alerts/routing.ts";
import { AlreadyExists, StaleVersion, Unavailable } from "../../domain/errors.ts";
import { idPrefixes, incidentIdOfAlert } from "../../domain/ids.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import type { Metrics } from "../../domain/metrics.ts";
import type { EscalationPolicy } from "../../domain/oncall/escalation.ts";
import { isWorse } from "../../domain/severity.ts";
import { type DiscardStatsDeps, discardStatsIfLate } from "../incidents/discard-stats.ts";
import type { FindActorDeps } from "../incidents/find-actor.ts";
import { awaitsPublishing, type PublishDeps, publishEvents } from "../incidents/publish-events.ts";
import { withUrgencyOfSeverity } from "../incidents/raise-urgency.ts";
import { type FirstStepDeps, startEscalation } from "../oncall/escalate.ts";
import { loadOnce } from "../oncall/load-once.ts";
import { type OwnershipDeps, resolveOwnership } from "../oncall/services/resolve-ownership.ts";
import type { Authorize } from "../ports/access.ts";
import type { AlertQueue, AlertRules, AlertStore, RecentIncidents } from "../ports/alerts.ts";
import type { KeyClaim, KeyHolder } from "../ports/incidents.ts";
import type { Ulid } from "../ports/system.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { release, type SuppressDeps, suppress, suppressedAlertOf, suppressionOf } from "./suppress-alerts.ts";

export interface CorrelateDeps
  extends PublishDeps,
    OwnershipDeps,
    FirstStepDeps,
    SuppressDeps,
    DiscardStatsDeps,
    FindActorDeps {
  readonly alerts: AlertStore;
  readonly alertQueue: AlertQueue;
  /** Current rules, at most one second old. */
  readonly rules: () => Promise<AlertRules>;
  readonly recentIncidents: RecentIncidents;
  readonly ulid: Ulid;
  readonly authorize: Authorize;
  readonly metrics: Metrics;
  readonly correlationWindowMs: number;
}

/** Alerts with one outcome, and the incident with their events pending. */
interface Correlated {
  readonly recorded: readonly RecordedAlert[];
  readonly incident?: Incident;
  /** Keys whose pointers are stored with a new incident. */
  readonly claimed?: readonly string[];
}

/**
 * Adds alerts of one correlation key to incidents, in order.
 *
 * A run writes the incident with its counted alerts and events, queues the events, then records the alerts. After a
 * crash, a redelivery recognizes counted alerts by the incident, and finished ones by their records.
 *
 * @param repeated true if some of the alerts may have been handled before; only then is this checked
 */
export async function correlateAlerts(
  deps: CorrelateDeps,
  alerts: readonly Alert[],
  repeated: boolean,
): Promise<void> {
  const done = repeated ? await finished(deps, alerts) : new Set();
  const fresh = alerts.filter(
    ({ id }, index) => !done.has(id) && alerts.findIndex((other) => other.id === id) === index,
  );
  if (fresh.length === 0) return;
  const rules = await deps.rules();
  let rest = await passOn(deps, rules, fresh);
  while (rest.length > 0) {
    let mayExist = repeated;
    const { recorded, incident, claimed } = await retryOnConflict(() => {
      const existing = mayExist;
      mayExist = true;
      return run(deps, rules, rest, existing);
    });
    await release(deps, rules, recorded);
    // Unlike a person's request, a message is delivered again after a failure, so nothing waits for the sweep.
    const record = () => deps.alerts.record(recorded);
    const alert = recorded.find(({ id }) => incident?.id === incidentIdOfAlert(id));
    await (incident ? publishEvents(deps, incident, record, { alert, claimed }) : record());
    for (const { id, incidentId, outcome } of recorded) {
      deps.metrics.count("alerts_correlated_total", { result: outcome });
      deps.log.info("alert correlated", { alert_id: id, incident_id: incidentId, outcome });
    }
    rest = rest.slice(recorded.length);
  }
}

/**
 * Returns the IDs of the alerts that are recorded. If the batch of their records was interrupted, the rest of it is
 * still pending in their incidents, and is published again.
 */
async function finished(deps: CorrelateDeps, alerts: readonly Alert[]): Promise<ReadonlySet<string>> {
  const incidentIds = await deps.alerts.recorded(alerts.map(({ id }) => id));
  for (const incidentId of new Set(incidentIds.values())) {
    const incident = incidentId === null ? undefined : await deps.incidents.find(incidentId);
    if (incident) await publishEvents(deps, incident);
  }
  return new Set(incidentIds.keys());
}

/**
 * Applies the routing rules. Alerts that get another correlation key are sent back to the queue, behind the
 * others of that key, so that each key has a single consumer.
 *
 * @returns the alerts that stay
 */
async function passOn(
  deps: CorrelateDeps,
  { routing }: AlertRules,
  alerts: readonly Alert[],
): Promise<readonly Alert[]> {
  const all = alerts.map((before) => {
    const after = before.route ? before : routed(before, rulesAt(routing, before.receivedAt));
    return { after, stays: correlationKey(after) === correlationKey(before) };
  });
  const elsewhere = all.filter(({ stays }) => !stays).map(({ after }) => after);
  if (elsewhere.length > 0) {
    const refused = await deps.alertQueue.send(elsewhere);
    if (refused.size > 0) throw new Unavailable("The alert queue");
  }
  return all.filter(({ stays }) => stays).map(({ after }) => after);
}

/** Handles the first alert and the following ones with the same outcome. Returns their outcomes. */
async function run(
  deps: CorrelateDeps,
  rules: AlertRules,
  alerts: readonly Alert[],
  mayExist: boolean,
): Promise<Correlated> {
  const [first] = alerts;
  if (!first) return { recorded: [] };
  // No pointer leads to the incident of a run that crashed before publishing it.
  const existing = mayExist ? await deps.incidents.find(incidentIdOfAlert(first.id)) : undefined;
  if (existing) return takeInto(deps, existing, alerts);
  // A resolve event is not dropped, because it may close an incident from before the rule.
  if (first.route?.dropped && first.action === "trigger") return dropped(first);
  const recent = mayExist || !hasOwnKey(first) ? undefined : deps.recentIncidents.get(configuredKey(first));
  // Saving fails if the incident was changed elsewhere, and the next try reads it.
  if (recent && joins(first, recent, deps.correlationWindowMs)) return takeInto(deps, recent, alerts);
  const suppressed = await suppressedAlertOf(deps, first);
  const lapsed = first.suppressedAs !== undefined && suppressed === undefined;
  let previous: Incident | undefined;
  const holders: KeyHolder[] = [];
  for (const key of candidateKeys(first)) {
    const found = await deps.incidents.findHolder(key, first.receivedAt);
    holders.push(found);
    const known = found.holder;
    if (!known) continue;
    if (isCounted(first, known) || (!lapsed && joins(first, known, deps.correlationWindowMs))) {
      return takeInto(deps, known, alerts);
    }
    if (known.status === "resolved") previous ??= known;
    if (isLateRepeat(first, known, deps.correlationWindowMs)) return dropped(first);
  }
  // The alert opened an incident after it was suppressed, and that incident is resolved.
  const isOver = suppressed !== undefined && (previous?.lastAlertAt ?? 0) > suppressed.alert.receivedAt;
  if (first.action !== "trigger" || lapsed || isOver) return dropped(first);
  const suppression = await suppressionOf(deps, rules, first, first.receivedAt);
  if (suppression) return { recorded: await suppress(deps, rules, suppression, alerts) };
  return open(deps, first, alerts, { previous, holders });
}

function dropped(alert: Alert): Correlated {
  return { recorded: [{ ...alert, outcome: "dropped", incidentId: null }] };
}

async function takeInto(deps: CorrelateDeps, known: Incident, alerts: readonly Alert[]): Promise<Correlated> {
  const { incident: added, recorded } = addAlerts(
    known,
    alerts,
    deps.correlationWindowMs,
    eventIds(deps, alerts),
  );
  const incident = isWorse(added.severity, known.severity)
    ? await withUrgencyOfSeverity(deps, added, latestOf(alerts))
    : added;
  const saved =
    incident === known
      ? known
      : await deps.incidents.save(incident, {
          regrouped: regrouped(known, incident),
          swept: awaitsPublishing(known),
        });
  const [first] = recorded;
  // Publishing events changes the incident once more.
  if (first && hasOwnKey(first) && saved.pendingEvents.length === 0)
    deps.recentIncidents.put(configuredKey(first), saved);
  return { recorded, incident: saved };
}

/** Returns true if no other incident can take the alert while the one with its key is unresolved. */
function hasOwnKey({ dedupKey, route }: Alert): boolean {
  return dedupKey !== null && route?.group === undefined;
}

async function open(
  deps: CorrelateDeps,
  first: Alert,
  alerts: readonly Alert[],
  { previous, holders }: { readonly previous: Incident | undefined; readonly holders: readonly KeyHolder[] },
): Promise<Correlated> {
  const schedules = loadOnce(deps.schedules);
  const [number, owner] = await Promise.all([
    deps.incidents.nextNumber(),
    resolveOwnership({ ...deps, schedules }, first.service, first.receivedAt),
  ]);
  const nextEventId = eventIds(deps, alerts);
  const opened = incidentOfAlert(first, number, owner, nextEventId(), flapHistory(first, previous));
  const { incident: draft, policy } = await startEscalation({ ...deps, schedules }, opened);
  const { incident: added, recorded } = addAlerts(draft, alerts, deps.correlationWindowMs, nextEventId);
  const findPolicy = async () => policy ?? undefined;
  const incident = isWorse(added.severity, draft.severity)
    ? await withUrgencyOfSeverity({ ...deps, schedules, incidents: { findPolicy } }, added, latestOf(alerts))
    : added;
  await discardStatsIfLate(deps, incident.createdAt);
  const claims = claimsOfOpening(incident, holders);
  const created = await create(deps, incident, policy, claims);
  return { recorded, incident: created, claimed: claims.map(({ key }) => key) };
}

/**
 * Returns the keys that led to an earlier incident. Reopening that one fails from the opening on, and the other way
 * around. A key without an earlier incident is not claimed, which saves two write units.
 */
function claimsOfOpening(incident: Incident, holders: readonly KeyHolder[]): KeyClaim[] {
  const own = new Set(ownKeysOf(incident));
  return holders.flatMap(({ key, pointer }) => (pointer && own.has(key) ? [{ key, from: pointer }] : []));
}

/**
 * Another consumer may be handling the same delivery, or a person may have reopened an earlier incident. Rereading
 * shows what they stored.
 */
async function create(
  deps: CorrelateDeps,
  incident: Incident,
  policy: EscalationPolicy | null,
  claims: readonly KeyClaim[],
): Promise<Incident> {
  try {
    return await deps.incidents.open(incident, policy, claims);
  } catch (error) {
    if (error instanceof AlreadyExists) throw new StaleVersion(error.message);
    throw error;
  }
}

function eventIds(deps: CorrelateDeps, alerts: readonly Alert[]): () => string {
  const now = latestOf(alerts);
  return () => idPrefixes.event + deps.ulid(now);
}

function latestOf(alerts: readonly Alert[]): number {
  return Math.max(...alerts.map(({ receivedAt }) => receivedAt));
}
