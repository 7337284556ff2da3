import type { Alert } from "../../domain/alerts/alert.ts";
import { candidateKeys, correlationKey } from "../../domain/alerts/correlation.ts";
import type { AlertMessage, FollowUp } from "../../domain/alerts/follow-up.ts";
import { routed, rulesAt } from "../../domain/alerts/routing.ts";
import { Conflict, NotFound, Unavailable } from "../../domain/errors.ts";
import { idPrefixes, timeOfId } from "../../domain/ids.ts";
import type { Incident, IncidentCommand } from "../../domain/incidents/incident.ts";
import { changeIncident } from "../incidents/change-incident.ts";
import { findIncident } from "../incidents/find-incident.ts";
import { unacknowledgeIncident } from "../incidents/lifecycle/reopen-incident.ts";
import { snoozeIncident } from "../incidents/lifecycle/snooze-incident.ts";
import { escalateManually } from "../oncall/escalate.ts";
import type { Delivery, Ulid } from "../ports/system.ts";
import { type CorrelateDeps, correlateAlerts } from "./correlate-alerts.ts";

/** Longest time in which an alert is queued after it got its ID, unless it is queued again. */
const promptMs = 5_000;

/** Handles messages of one correlation key in order. Idempotent. */
export async function handleAlertMessages(
  deps: CorrelateDeps,
  messages: readonly AlertMessage[],
  deliveries: readonly Delivery[],
): Promise<void> {
  let alerts: Alert[] = [];
  let repeated = false;
  for (const [index, message] of messages.entries()) {
    if ("alert" in message) {
      alerts.push(message.alert);
      repeated ||= mayBeRepeated(message.alert, deliveries[index]);
      continue;
    }
    await correlateAlerts(deps, alerts, repeated);
    alerts = [];
    repeated = false;
    await applyFollowUp(deps, message.followUp);
  }
  await correlateAlerts(deps, alerts, repeated);
}

/**
 * Returns true unless this is certainly the first delivery of an alert. SQS drops a message that is sent twice within
 * five minutes. One that is sent again later, for example from the dead-letter queue, is older than its message. Rules
 * and suppression send alerts again too.
 */
function mayBeRepeated({ id, route, suppressedAs }: Alert, delivery: Delivery | undefined): boolean {
  const isFirst = delivery?.repeated === false && delivery.sentAt - timeOfId(id) <= promptMs;
  return !isFirst || route !== undefined || suppressedAs !== undefined;
}

async function applyFollowUp(deps: CorrelateDeps, followUp: FollowUp): Promise<void> {
  const { alert: before } = followUp;
  const { routing } = await deps.rules();
  const alert = before.route ? before : routed(before, rulesAt(routing, before.receivedAt));
  if (correlationKey(alert) !== correlationKey(before)) {
    const refused = await deps.alertQueue.sendFollowUps([{ ...followUp, alert }]);
    if (refused.size > 0) throw new Unavailable("The alert queue");
    return;
  }
  const incident = await findLatest(deps, alert);
  if (!incident) {
    deps.log.warn("follow-up without an incident dropped", {
      follow_up_id: alert.id,
      service: alert.service,
    });
    return;
  }
  await change(deps, incident, followUp);
  await snoozeOrUnacknowledge(deps, incident, followUp);
  if (followUp.escalate) await escalate(deps, incident, followUp);
  deps.log.info("follow-up applied", { follow_up_id: alert.id, incident_id: incident.id });
}

/** Returns the unresolved incident of the alert, otherwise the last resolved one. */
async function findLatest(deps: CorrelateDeps, alert: Alert): Promise<Incident | undefined> {
  const found = await Promise.all(
    candidateKeys(alert).map((key) => deps.incidents.findByCorrelationKey(key, alert.receivedAt)),
  );
  return found.find((incident) => incident && incident.status !== "resolved") ?? found.find(Boolean);
}

async function change(deps: CorrelateDeps, incident: Incident, followUp: FollowUp): Promise<void> {
  const { alert, actor, note, severity, assignedTo } = followUp;
  const commands: readonly IncidentCommand[] = [
    ...(severity === undefined ? [] : [{ type: "change_severity" as const, to: severity, actor }]),
    ...(assignedTo === undefined ? [] : [{ type: "assign" as const, to: assignedTo, actor }]),
  ];
  if (commands.length > 0)
    await changeIncident(
      { ...deps, ulid: ulids(deps, alert, "change") },
      incident.id,
      { commands, note: null, actor },
      alert.receivedAt,
    );
  if (note !== null)
    await changeIncident(
      // Keeps the order of the requests, also within a millisecond.
      { ...deps, ulid: () => alert.id.slice(idPrefixes.followUp.length) },
      incident.id,
      { commands: [], note, actor },
      alert.receivedAt,
    );
}

async function snoozeOrUnacknowledge(
  deps: CorrelateDeps,
  incident: Incident,
  { alert, actor, snoozeUntil, unacknowledge }: FollowUp,
): Promise<void> {
  if (snoozeUntil === undefined && !unacknowledge) return;
  const { id } = incident;
  const now = alert.receivedAt;
  const step = "snooze";
  const first = idPrefixes.event + ulids(deps, alert, step)(now);
  const { pendingEvents } = await findIncident(deps, id);
  const isDone = pendingEvents.some((event) => event.id === first);
  if (isDone || (await deps.incidentEvents.findEvent(id, first))) return;
  const stepDeps = { ...deps, ulid: ulids(deps, alert, step) };
  const remark = { actor, note: null };
  try {
    if (snoozeUntil === undefined) await unacknowledgeIncident(stepDeps, id, remark, now);
    else await snoozeIncident(stepDeps, id, snoozeUntil, remark, now);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    deps.log.warn("follow-up of a resolved incident dropped", { follow_up_id: alert.id, incident_id: id });
  }
}

async function escalate(deps: CorrelateDeps, incident: Incident, followUp: FollowUp): Promise<void> {
  const { alert, actor } = followUp;
  const request = { team: incident.team, incidentId: incident.id, reason: null, actor };
  try {
    await escalateManually({ ...deps, ulid: ulids(deps, alert, "escalate") }, request, alert.receivedAt);
  } catch (error) {
    if (!(error instanceof Conflict) && !(error instanceof NotFound)) throw error;
    // No one can be paged. The note explains this to readers of the incident.
    const note = `Not escalated: ${error.message}`;
    await changeIncident(
      { ...deps, ulid: ulids(deps, alert, "escalation note") },
      incident.id,
      { commands: [], note, actor: null },
      alert.receivedAt,
    );
  }
}

/** Derives stable IDs, so that a redelivered message has no effect. */
function ulids(deps: CorrelateDeps, { id }: Alert, step: string): Ulid {
  return deps.seededUlids(`${id} ${step}`);
}
