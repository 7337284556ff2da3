import { autoResolveTimeout } from "../../domain/alerts/flapping.ts";
import { idPrefixes } from "../../domain/ids.ts";
import { autoResolver, execute, type Incident } from "../../domain/incidents/incident.ts";
import { autoResolveTimer, type Timer } from "../../domain/incidents/timer.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import type { ChangeIncidentDeps } from "./change-incident.ts";
import { awaitsPublishing, publishEvents } from "./publish-events.ts";

export type AutoResolveDeps = ChangeIncidentDeps;

/**
 * Resolves an incident that has been quiet for long enough or whose alerts have ended. An alert counted
 * before takes precedence.
 *
 * @returns the next timer if an alert arrived since
 */
export async function autoResolveIncident(
  deps: AutoResolveDeps,
  timer: AutoResolveTimer,
  now: number,
): Promise<Timer | undefined> {
  const { incident, next } = await retryOnConflict(() => resolveIfDue(deps, timer, now));
  // The timer fires again until this is done, so nothing waits for the sweep.
  if (incident) await publishEvents(deps, incident);
  return next;
}

type AutoResolveTimer = Timer & { kind: "auto_resolve" };

/** @returns the incident, and its next timer unless it is resolved */
async function resolveIfDue(
  deps: AutoResolveDeps,
  timer: AutoResolveTimer,
  now: number,
): Promise<{ readonly incident: Incident | undefined; readonly next?: Timer | undefined }> {
  const incident = await deps.incidents.find(timer.incidentId);
  const due = incident && autoResolveTimer(incident);
  if (!due || due.dueAt > now) return { incident, next: due };
  const timeout = autoResolveTimeout(incident);
  if (timeout && !timeout.resolves) {
    return { incident, next: { ...due, dueAt: now + timeout.seconds * 1_000 } };
  }
  const eventId = idPrefixes.event + deps.ulid(now);
  const resolved = execute(incident, { type: "move", to: "resolved", actor: autoResolver }, now, eventId);
  return { incident: await deps.incidents.save(resolved, { swept: awaitsPublishing(incident) }) };
}
