import { NotFound } from "../../domain/errors.ts";
import type { ChangeIncidentDeps } from "./change-incident.ts";
import { type ActionResult, type IncidentResponse, respondToIncident } from "./respond-to-incident.ts";

/** Incidents changed concurrently; each takes a few requests. */
const atOnce = 10;

/**
 * Acknowledges, resolves or snoozes several incidents independently. Unknown ones are omitted.
 *
 * @param runEach runs the change of each one; undefined to omit it
 * @throws Unavailable if too many events of one are pending; the ones before it are changed
 */
export async function respondToIncidents(
  deps: ChangeIncidentDeps,
  incidentIds: readonly string[],
  response: IncidentResponse,
  actor: string,
  now: number,
  runEach: (run: () => Promise<ActionResult>) => Promise<ActionResult | undefined> = (run) => run(),
): Promise<ActionResult[]> {
  const results: ActionResult[] = [];
  for (let start = 0; start < incidentIds.length; start += atOnce) {
    const batch = incidentIds.slice(start, start + atOnce).map(async (id) => {
      try {
        return (await runEach(() => respondToIncident(deps, id, response, actor, now))) ?? [];
      } catch (error) {
        if (error instanceof NotFound) return [];
        throw error;
      }
    });
    results.push(...(await Promise.all(batch)).flat());
  }
  return results;
}
