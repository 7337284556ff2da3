import type { Alert, RecordedAlert } from "../../domain/alerts/alert.ts";
import {
  addAlerts,
  candidateKeys,
  correlationKey,
  incidentOfAlert,
  isCounted,
  isLateRepeat,
  joins,
  regrouped,
} from "../../domain/alerts/correlation.ts";
import { flapHistory } from "../../domain/alerts/flapping.ts";
import { routed, rulesAt } from "../../domain/alerts/routing.ts";
import { AlreadyExists, StaleVersion, Unavailable } from "../../domain/errors.ts";
import { idPrefixes, incidentIdOfAlert } from "../../domain/ids.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import type { Metrics } from "../../domain/metrics.ts";
import type { EscalationPolicy } from "../../domain/oncall/escalation.ts";
import { type PublishDeps, tryPublishEvents } from "../incidents/publish-events.ts";
import { correctStats } from "../incidents/read-stats.ts";
import { type FirstStepDeps, startEscalation } from "../oncall/escalate.ts";
import { type OwnershipDeps, resolveOwnership } from "../oncall/resolve-ownership.ts";
import type { AlertQueue, AlertRules, AlertStore } from "../ports/alerts.ts";
import type { StatsStore } from "../ports/incidents.ts";
import type { Clock, Ulid } from "../ports/system.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import { release, type SuppressDeps, suppress, suppressedAlertOf, suppressionOf } from "./suppress-alerts.ts";

export interface CorrelateDeps extends PublishDeps, OwnershipDeps, FirstStepDeps, SuppressDeps {
  readonly alerts: AlertStore;
  readonly alertQueue: AlertQueue;
  /** Current rules, at most one second old. */
  readonly rules: () => Promise<AlertRules>;
  readonly ulid: Ulid;
  readonly metrics: Metrics;
  readonly correlationWindowMs: number;
  readonly stats: StatsStore;
  readonly clock: Clock;
}

/**
 * Adds alerts of one correlation key to incidents, in order.
 *
 * A run writes the incident with its counted alerts and events, publishes the events, and records the alerts
 * last. After a crash, a redelivery recognizes counted alerts by the incident, and finished ones by their
 * records.
 */
export async function correlateAlerts(deps: CorrelateDeps, alerts: readonly Alert[]): Promise<void> {
  const done = await deps.alerts.recorded(alerts.map(({ id }) => id));
  const fresh = alerts.filter(
    ({ id }, index) => !done.has(id) && alerts.findIndex((other) => other.id === id) === index,
  );
  if (fresh.length === 0) return;
  const rules = await deps.rules();
  let rest = await passOn(deps, rules, fresh);
  while (rest.length > 0) {
    const recorded = await retryOnConflict(() => run(deps, rules, rest));
    await release(deps, rules, recorded);
    await deps.alerts.record(recorded);
    for (const { id, incidentId, outcome } of recorded) {
      deps.metrics.count("alerts_correlated_total", { result: outcome });
      deps.log.info("alert correlated", { alert_id: id, incident_id: incidentId, outcome });
    }
    rest = rest.slice(recorded.length);
  }
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
): Promise<readonly RecordedAlert[]> {
  const [first] = alerts;
  if (!first) return [];
  // A resolve event is not dropped, because it may close an incident from before the rule.
  if (first.route?.dropped && first.action === "trigger") return [dropped(first)];
  const suppressed = await suppressedAlertOf(deps, first);
  const lapsed = first.suppressedAs !== undefined && suppressed === undefined;
  let previous: Incident | undefined;
  for (const key of candidateKeys(first)) {
    const known = await deps.incidents.findByCorrelationKey(key);
    if (!known) continue;
    if (isCounted(first, known) || (!lapsed && joins(first, known, deps.correlationWindowMs))) {
      return takeInto(deps, known, alerts);
    }
    if (known.status === "resolved") previous ??= known;
    if (isLateRepeat(first, known, deps.correlationWindowMs)) return [dropped(first)];
  }
  // The alert opened an incident after it was suppressed, and that incident is resolved.
  const isOver = suppressed !== undefined && (previous?.lastAlertAt ?? 0) > suppressed.alert.receivedAt;
  if (first.action !== "trigger" || lapsed || isOver) return [dropped(first)];
  const suppression = await suppressionOf(deps, rules, first, first.receivedAt);
  if (suppression) return suppress(deps, rules, suppression, alerts);
  return open(deps, first, alerts, previous);
}

function dropped(alert: Alert): RecordedAlert {
  return { ...alert, outcome: "dropped", incidentId: null };
}

async function takeInto(
  deps: CorrelateDeps,
  known: Incident,
  alerts: readonly Alert[],
): Promise<readonly RecordedAlert[]> {
  const { incident, recorded } = addAlerts(known, alerts, deps.correlationWindowMs, eventIds(deps, alerts));
  const saved =
    incident === known
      ? known
      : await deps.incidents.save(incident, [], undefined, regrouped(known, incident));
  await tryPublishEvents(deps, saved);
  return recorded;
}

async function open(
  deps: CorrelateDeps,
  first: Alert,
  alerts: readonly Alert[],
  previous: Incident | undefined,
): Promise<readonly RecordedAlert[]> {
  const existing = await deps.incidents.find(incidentIdOfAlert(first.id));
  if (existing) {
    await correctStats(deps, existing);
    return takeInto(deps, existing, alerts);
  }
  const [number, owner] = await Promise.all([
    deps.incidents.nextNumber(),
    resolveOwnership(deps, first.service),
  ]);
  const nextEventId = eventIds(deps, alerts);
  const opened = incidentOfAlert(first, number, owner, nextEventId(), flapHistory(first, previous));
  const { incident: draft, policy } = await startEscalation(deps, opened);
  const { incident, recorded } = addAlerts(draft, alerts, deps.correlationWindowMs, nextEventId);
  const created = await create(deps, incident, correlationKey(first), policy);
  await correctStats(deps, created);
  await tryPublishEvents(deps, created);
  return recorded;
}

/** Another consumer may be handling the same delivery. Rereading shows what it counted. */
async function create(
  deps: CorrelateDeps,
  incident: Incident,
  key: string,
  policy: EscalationPolicy | null,
): Promise<Incident> {
  try {
    return await deps.incidents.create(incident, key, policy);
  } catch (error) {
    if (error instanceof AlreadyExists) throw new StaleVersion(error.message);
    throw error;
  }
}

function eventIds(deps: CorrelateDeps, alerts: readonly Alert[]): () => string {
  const now = Math.max(...alerts.map(({ receivedAt }) => receivedAt));
  return () => idPrefixes.event + deps.ulid(now);
}
