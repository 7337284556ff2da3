import type { Incident } from "../../../domain/incidents/incident.ts";
import { retryOnConflict } from "../../retry-on-conflict.ts";
import { awaitsPublishing, type PublishDeps, publishEvents } from "../publish-events.ts";

/**
 * Changes the incident of a timer that fires, and publishes its events. A change stored before takes precedence.
 *
 * @param change returns the changed incident; undefined if the timer does not apply to this one
 */
export async function changeByTimer(
  deps: PublishDeps,
  incidentId: string,
  change: (incident: Incident) => Promise<Incident | undefined>,
): Promise<void> {
  const current = await retryOnConflict(async () => {
    const incident = await deps.incidents.find(incidentId);
    const changed = incident && (await change(incident));
    return changed ? deps.incidents.save(changed, { swept: awaitsPublishing(incident) }) : incident;
  });
  // The timer fires again until this is done, so nothing waits for the sweep.
  if (current) await publishEvents(deps, current);
}
