import { Conflict } from "../../domain/errors.ts";
import { currentStatus } from "../../domain/incidents/current-status.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import {
  type ActionOutcome,
  type IncidentAction,
  statusAfter,
} from "../../domain/incidents/incident-action.ts";
import type { SnoozeEnd } from "../../domain/incidents/snooze/snooze-end.ts";
import { isActor } from "../../domain/person.ts";
import { type ChangeIncidentDeps, changeIncident } from "./change-incident.ts";
import { withVerifiedEmail } from "./find-actor.ts";
import { findIncident } from "./find-incident.ts";
import { snoozeIncident } from "./lifecycle/snooze-incident.ts";

/** An action of a link or button in a message. */
export type IncidentResponse = IncidentAction | { readonly snoozeUntil: SnoozeEnd };

export interface ActionResult {
  readonly outcome: ActionOutcome;
  readonly incident: Incident;
}

/**
 * Acknowledges, resolves or snoozes an incident from a link, a button or a reply to a message. Repeated and late use is
 * safe.
 *
 * @param via channel in which the actor answered, for the timeline
 * @throws NotFound
 * @throws Unavailable if too many of its events are pending
 */
export async function respondToIncident(
  deps: ChangeIncidentDeps,
  incidentId: string,
  response: IncidentResponse,
  actor: string,
  now: number,
  via?: string,
): Promise<ActionResult> {
  try {
    if (typeof response === "object") {
      const context = { actor, note: null };
      const incident = await snoozeIncident(deps, incidentId, response.snoozeUntil, context, now);
      return { outcome: "done", incident };
    }
    const commands = [{ type: "move", to: statusAfter[response], actor, via } as const];
    const incident = await changeIncident(deps, incidentId, { commands, note: null, actor }, now);
    return { outcome: outcomeOf(deps, incident, actor, now), incident };
  } catch (error) {
    const incident = error instanceof Conflict ? await findIncident(deps, incidentId) : undefined;
    if (incident?.status !== "resolved") throw error;
    // The problem continues in the incident that it was merged into.
    if (incident.mergedInto !== undefined)
      return respondToIncident(deps, incident.mergedInto, response, actor, now, via);
    return { outcome: "too_late", incident };
  }
}

function outcomeOf(deps: ChangeIncidentDeps, incident: Incident, actor: string, now: number): ActionOutcome {
  const { since, by } = currentStatus(incident);
  if (since === now && by === actor) return "done";
  const verified = withVerifiedEmail(deps, actor);
  const answers = incident.responders?.some(
    (responder) => responder.answeredAt === now && isActor(responder, verified),
  );
  return answers ? "answered" : "already";
}
