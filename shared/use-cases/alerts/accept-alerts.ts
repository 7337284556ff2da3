import type { Alert, AlertDraft } from "../../domain/alerts/alert.ts";
import { Unavailable } from "../../domain/errors.ts";
import { idPrefixes } from "../../domain/ids.ts";
import type { Metrics } from "../../domain/metrics.ts";
import type { AlertQueue } from "../ports/alerts.ts";
import type { Log, Ulid } from "../ports/system.ts";

export interface AcceptDeps {
  readonly alertQueue: AlertQueue;
  readonly ulid: Ulid;
  readonly metrics: Metrics;
  readonly log: Log;
}

interface AcceptedAlerts {
  /** Alerts with their IDs, in the order of the drafts; undefined if the queue rejected one. */
  readonly alerts: readonly (Alert | undefined)[];
}

/**
 * Queues alerts. Alerts returned with an ID are stored durably.
 *
 * @throws Unavailable if none could be queued
 */
export async function acceptAlerts(
  deps: AcceptDeps,
  drafts: readonly AlertDraft[],
  now: number,
): Promise<AcceptedAlerts> {
  const alerts = drafts.map((draft) => ({
    ...draft,
    id: draft.id ?? idPrefixes.alert + deps.ulid(now),
    timestamp: draft.timestamp ?? now,
    receivedAt: now,
  }));
  const refused = await deps.alertQueue.send(alerts);
  if (alerts.length > 0 && refused.size === alerts.length) throw new Unavailable("The alert queue");
  const accepted = alerts.map((alert) => (refused.has(alert.id) ? undefined : alert));
  for (const alert of accepted.filter((each) => each !== undefined)) {
    deps.metrics.count("alerts_received_total", { severity: alert.severity });
    deps.log.info("alert accepted", { alert_id: alert.id, service: alert.service });
  }
  return { alerts: accepted };
}
