import { NotFound } from "../domain/errors.ts";
import type { IncidentEvent } from "../domain/incident-event.ts";
import { armAutoResolve, type TimerDeps } from "./auto-resolve.ts";
import { type PageOnCallDeps, pageOnCall } from "./page-on-call.ts";

/** What the platform does when something happened to an incident. */
export async function onIncidentEvent(
  deps: PageOnCallDeps & TimerDeps,
  event: IncidentEvent,
  now: number,
): Promise<void> {
  if (event.type !== "opened") return;
  const incident = await deps.incidents.find(event.incidentId);
  if (!incident) throw new NotFound("incident", event.incidentId);
  await Promise.all([pageOnCall(deps, incident, now), armAutoResolve(deps, incident, now)]);
}
