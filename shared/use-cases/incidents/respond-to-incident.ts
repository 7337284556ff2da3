import { Conflict } from "../../domain/errors.ts";
import { currentStatus } from "../../domain/incidents/current-status.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import {
  type ActionOutcome,
  type IncidentAction,
  statusAfter,
} from "../../domain/incidents/incident-action.ts";
import { type ChangeIncidentDeps, changeIncident } from "./change-incident.ts";
import { findIncident } from "./find-incident.ts";

export interface ActionResult {
  readonly outcome: ActionOutcome;
  readonly incident: Incident;
}

/**
 * Acknowledges or resolves an incident from a link or button in a message. Repeated and late use is safe.
 *
 * @throws NotFound
 * @throws Unavailable if too many of its events are pending
 */
export async function respondToIncident(
  deps: ChangeIncidentDeps,
  incidentId: string,
  action: IncidentAction,
  actor: string,
  now: number,
): Promise<ActionResult> {
  const commands = [{ type: "move", to: statusAfter[action], actor } as const];
  try {
    const incident = await changeIncident(deps, incidentId, { commands, note: null, actor }, now);
    const { since, by } = currentStatus(incident);
    return { outcome: since === now && by === actor ? "done" : "already", incident };
  } catch (error) {
    const incident = error instanceof Conflict ? await findIncident(deps, incidentId) : undefined;
    if (incident?.status !== "resolved") throw error;
    return { outcome: "too_late", incident };
  }
}
