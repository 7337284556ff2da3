import type { Alert } from "../../domain/alerts/alert.ts";
import { candidateKeys, correlationKey } from "../../domain/alerts/correlation.ts";
import type { FollowUp } from "../../domain/alerts/follow-up.ts";
import { editLabels, labelChanges } from "../../domain/alerts/label-edit.ts";
import { routed, rulesAt } from "../../domain/alerts/routing.ts";
import { Conflict, NotFound, Unavailable } from "../../domain/errors.ts";
import { alertIdOfIncident, idPrefixes } from "../../domain/ids.ts";
import { change, type Incident, type IncidentCommand, titleOf } from "../../domain/incidents/incident.ts";
import type { IncidentEventBody } from "../../domain/incidents/incident-event.ts";
import { cut } from "../../domain/integrations/draft.ts";
import { limits } from "../../domain/limits.ts";
import { addNote } from "../incidents/add-note.ts";
import { executeAll, storeChange } from "../incidents/change-incident.ts";
import { findActor } from "../incidents/find-actor.ts";
import { findIncident } from "../incidents/find-incident.ts";
import { unacknowledgeIncident } from "../incidents/lifecycle/reopen-incident.ts";
import { snoozeIncident } from "../incidents/lifecycle/snooze-incident.ts";
import { escalateManually } from "../oncall/escalate.ts";
import type { Ulid } from "../ports/system.ts";
import type { CorrelateDeps } from "./correlate-alerts.ts";

/**
 * Applies a change to the incident of a dedup key. Idempotent. It is dropped if there is no incident.
 *
 * @throws Unavailable if it could not be queued for the key that rules give it
 */
export async function applyFollowUp(deps: CorrelateDeps, followUp: FollowUp): Promise<void> {
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
  await edit(deps, incident, followUp);
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

/**
 * Edits the incident and its first alert, then adds the note. The alert is written first: a crash before the incident's
 * events are stored is repaired by the redelivery. Reads half a unit per change, and one for the alert.
 */
async function edit(deps: CorrelateDeps, incident: Incident, followUp: FollowUp): Promise<void> {
  const { alert, actor, note, assignedTo } = followUp;
  const { id, team } = incident;
  const now = alert.receivedAt;
  const person = assignedTo === undefined ? null : await findActor(deps, assignedTo, team, now);
  const commands: readonly IncidentCommand[] = [
    ...commandsOf(incident, followUp),
    ...(person === null ? [] : [{ type: "assign" as const, to: person, actor }]),
  ];
  const ids = ulids(deps, alert, "change");
  const eventId = idPrefixes.event + ulids(deps, alert, "labels")(now);
  const eventIds = [eventId, ...commands.map(() => idPrefixes.event + ids(now))];
  if ((commands.length > 0 || followUp.labels) && !(await isStored(deps, id, eventIds))) {
    const edited = await editAlert(deps, incident, followUp);
    const stepDeps = { ...deps, ulid: ulids(deps, alert, "change") };
    await storeChange(stepDeps, id, { actor, note: null }, now, async (current) => {
      const changed = await executeAll(stepDeps, current, { commands, actor }, now);
      return { incident: edited ? change(changed, {}, edited, { now, eventId, actor }) : changed };
    });
  }
  if (assignedTo !== undefined && person === null) {
    const content = `Not assigned to ${assignedTo}: no one, or more than one person, on the schedule of ${team} has this name.`;
    const noteDeps = { ...deps, ulid: ulids(deps, alert, "assignment note") };
    await addNote(noteDeps, id, { author: null, content: cut(content, limits.noteLength) }, now);
  }
  if (note !== null) {
    // Keeps the order of the requests, also within a millisecond.
    const noteDeps = { ...deps, ulid: () => alert.id.slice(idPrefixes.followUp.length) };
    await addNote(noteDeps, id, { author: actor, content: note }, now);
  }
}

/** Returns the commands that change severity, title and description. */
function commandsOf(
  { service, severity: present }: Incident,
  { actor, severity, message, description }: FollowUp,
): IncidentCommand[] {
  const commands: IncidentCommand[] = [];
  if (severity !== undefined) commands.push({ type: "change_severity", to: severity, actor });
  if (message !== undefined) {
    const title = titleOf({ service, severity: severity ?? present, message });
    commands.push({ type: "rename", to: title, actor });
  }
  if (description !== undefined)
    commands.push({ type: "describe", to: cut(description, limits.descriptionLength), actor });
  return commands;
}

/** Edits message and labels of the incident's first alert. @returns the event of changed labels, if any */
async function editAlert(
  deps: CorrelateDeps,
  incident: Incident,
  { message, description, labels: edit }: FollowUp,
): Promise<IncidentEventBody | undefined> {
  if (edit === undefined && message === undefined && description === undefined) return undefined;
  const first = await deps.alerts.find(alertIdOfIncident(incident.id));
  if (!first) return undefined;
  const set = { ...edit?.set, ...(description !== undefined && { description }) };
  const labels = editLabels(first.labels, { ...edit, set });
  await deps.alerts.record([
    { ...first, message: cut(message ?? first.message, limits.messageLength), labels },
  ]);
  return edit && { type: "labels_changed", labels: labelChanges(edit, labels) };
}

/** Returns true if one of the events exists, because the step was done before. */
async function isStored(deps: CorrelateDeps, incidentId: string, ids: readonly string[]): Promise<boolean> {
  const { pendingEvents } = await findIncident(deps, incidentId);
  if (pendingEvents.some(({ id }) => ids.includes(id))) return true;
  const found = await Promise.all(ids.map((id) => deps.incidentEvents.findEvent(incidentId, id)));
  return found.some((event) => event !== undefined);
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
  if (await isStored(deps, id, [first])) return;
  const stepDeps = { ...deps, ulid: ulids(deps, alert, step) };
  const context = { actor, note: null };
  try {
    if (snoozeUntil === undefined) await unacknowledgeIncident(stepDeps, id, context, now);
    else await snoozeIncident(stepDeps, id, snoozeUntil, context, now);
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
    const noteDeps = { ...deps, ulid: ulids(deps, alert, "escalation note") };
    await addNote(noteDeps, incident.id, { author: null, content: note }, alert.receivedAt);
  }
}

/** Derives stable IDs, so that a redelivered message has no effect. */
function ulids(deps: CorrelateDeps, { id }: Alert, step: string): Ulid {
  return deps.seededUlids(`${id} ${step}`);
}
