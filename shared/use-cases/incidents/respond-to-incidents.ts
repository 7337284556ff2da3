import { AccessDenied } from "../../domain/access/access-denied.ts";
import { AnswerDenied } from "../../domain/access/answer.ts";
import { NotFound } from "../../domain/errors.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import type { ChangeIncidentDeps } from "./change-incident.ts";
import { findIncident } from "./find-incident.ts";
import { type ActionResult, type IncidentResponse, respondToIncident } from "./respond-to-incident.ts";

/** Incidents changed concurrently; each takes a few requests. */
const atOnce = 10;

/** An incident that was not changed, because the caller lacks a permission. */
export interface DeniedAction {
  readonly outcome: "denied";
  readonly incident: Incident;
  readonly error: AccessDenied | AnswerDenied;
}

/**
 * Acknowledges, resolves or snoozes several incidents independently. Unknown ones are omitted.
 *
 * @param runEach runs the change of each one
 * @throws Unavailable if too many events of one are pending; the ones before it are changed
 */
export async function respondToIncidents(
  deps: ChangeIncidentDeps,
  incidentIds: readonly string[],
  response: IncidentResponse,
  actor: string,
  now: number,
  runEach: (run: () => Promise<ActionResult>) => Promise<ActionResult> = (run) => run(),
): Promise<(ActionResult | DeniedAction)[]> {
  const results: (ActionResult | DeniedAction)[] = [];
  for (let start = 0; start < incidentIds.length; start += atOnce) {
    const batch = incidentIds.slice(start, start + atOnce).map(async (id) => {
      try {
        return await runEach(() => respondToIncident(deps, id, response, actor, now));
      } catch (error) {
        if (error instanceof NotFound) return [];
        if (!(error instanceof AccessDenied || error instanceof AnswerDenied)) throw error;
        return { outcome: "denied" as const, incident: await findIncident(deps, id), error };
      }
    });
    results.push(...(await Promise.all(batch)).flat());
  }
  return results;
}
