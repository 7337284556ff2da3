import { Conflict } from "../../domain/errors.ts";
import { currentStatus } from "../../domain/incidents/current-status.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import {
  type ActionOutcome,
  type IncidentAction,
  statusAfter,
} from "../../domain/incidents/incident-action.ts";
import { isActor } from "../../domain/person.ts";
import { type ChangeIncidentDeps, changeIncident } from "./change-incident.ts";
import { findIncident } from "./find-incident.ts";

export interface ActionResult {
  readonly outcome: ActionOutcome;
  readonly incident: Incident;
}

/**
 * Acknowledges or resolves an incident from a link, a button or a reply to a message. Repeated and late use is safe.
 *
 * @param via channel in which the actor answered, for the timeline
 * @throws NotFound
 * @throws Unavailable if too many of its events are pending
 */
export async function respondToIncident(
  deps: ChangeIncidentDeps,
  incidentId: string,
  action: IncidentAction,
  actor: string,
  now: number,
  via?: string,
): Promise<ActionResult> {
  const commands = [{ type: "move", to: statusAfter[action], actor, via } as const];
  try {
    const incident = await changeIncident(deps, incidentId, { commands, note: null, actor }, now);
    return { outcome: outcomeOf(incident, actor, now), incident };
  } catch (error) {
    const incident = error instanceof Conflict ? await findIncident(deps, incidentId) : undefined;
    if (incident?.status !== "resolved") throw error;
    // The problem continues in the incident that it was merged into.
    if (incident.mergedInto !== undefined)
      return respondToIncident(deps, incident.mergedInto, action, actor, now, via);
    return { outcome: "too_late", incident };
  }
}

function outcomeOf(incident: Incident, actor: string, now: number): ActionOutcome {
  const { since, by } = currentStatus(incident);
  if (since === now && by === actor) return "done";
  const answers = incident.responders?.some(
    (responder) => responder.answeredAt === now && isActor(responder, actor),
  );
  return answers ? "answered" : "already";
}
