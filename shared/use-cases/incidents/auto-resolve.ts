import { autoResolveTimeout } from "../../domain/alerts/flapping.ts";
import { idPrefixes } from "../../domain/ids.ts";
import { autoResolver, execute, type Incident } from "../../domain/incidents/incident.ts";
import type { Timer } from "../../domain/incidents/timer.ts";
import { retryOnConflict } from "../retry-on-conflict.ts";
import type { ChangeIncidentDeps } from "./change-incident.ts";
import { tryPublishEvents } from "./publish-events.ts";

export type AutoResolveDeps = ChangeIncidentDeps;

/** Returns the auto-resolve timer of an incident; undefined if it has none. */
export function autoResolveTimer(incident: Incident): Timer | undefined {
  if (incident.status === "resolved") return undefined;
  const timeout = autoResolveTimeout(incident);
  const quietUntil = timeout && (incident.lastAlertAt ?? incident.createdAt) + timeout.seconds * 1_000;
  // A flapping incident resolves after its quiet period, not at the end of one flap.
  const endsAt = incident.flapping ? undefined : incident.endsAt;
  const dueAt = Math.min(quietUntil ?? Number.POSITIVE_INFINITY, endsAt ?? Number.POSITIVE_INFINITY);
  if (dueAt === Number.POSITIVE_INFINITY) return undefined;
  return { kind: "auto_resolve", incidentId: incident.id, dueAt };
}

/**
 * Resolves an incident that has been quiet for long enough or whose alerts have ended. An alert counted
 * before takes precedence.
 *
 * @returns the next timer if an alert arrived since
 */
export function fireAutoResolve(
  deps: AutoResolveDeps,
  timer: Timer & { kind: "auto_resolve" },
  now: number,
): Promise<Timer | undefined> {
  return retryOnConflict(async () => {
    const incident = await deps.incidents.find(timer.incidentId);
    const due = incident && autoResolveTimer(incident);
    if (!due || due.dueAt > now) return due;
    const timeout = autoResolveTimeout(incident);
    if (timeout && !timeout.resolves) return { ...due, dueAt: now + timeout.seconds * 1_000 };
    const eventId = idPrefixes.event + deps.ulid(now);
    const resolved = execute(incident, { type: "move", to: "resolved", actor: autoResolver }, now, eventId);
    await tryPublishEvents(deps, await deps.incidents.save(resolved));
    return undefined;
  });
}
