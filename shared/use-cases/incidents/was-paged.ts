import type { Principal } from "../../domain/access/principal.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import { havePaged, involves } from "../../domain/incidents/responders.ts";
import type { PublishDeps } from "./publish-events.ts";

type WasPagedDeps = Pick<PublishDeps, "incidents" | "incidentEvents">;

/**
 * Returns true if an incident, or one that was merged into it, is assigned to a person, or they were paged about it, as far
 * as its latest events tell. Reads its events for the latter, at most `limits.timelineEntries`, then the incidents that were
 * merged into it, in one request, and their events one by one until the answer is yes. There are at most
 * `limits.mergedIncidents` of these.
 */
export async function wasPaged(
  deps: WasPagedDeps,
  incident: Incident,
  principal: Principal,
): Promise<boolean> {
  return principal.kind === "person" && (await anyReached(deps, [incident], principal.email));
}

async function anyReached(
  deps: WasPagedDeps,
  incidents: readonly Incident[],
  email: string,
): Promise<boolean> {
  if (incidents.some((incident) => involves(incident, email))) return true;
  for (const { id, pendingEvents } of incidents) {
    const events = [...(await deps.incidentEvents.latestEvents(id)), ...pendingEvents];
    if (havePaged(events, email)) return true;
    // The latest merges come first, because their people are the likeliest to answer.
    const merged = events
      .flatMap((event) => (event.type === "merged_from" ? event.from.id : []))
      .toReversed();
    const sources = merged.length === 0 ? [] : await deps.incidents.findAll([...new Set(merged)]);
    if (await anyReached(deps, sources, email)) return true;
  }
  return false;
}
