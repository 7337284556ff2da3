import type { Principal } from "../../domain/access/principal.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import { havePaged, involves } from "../../domain/incidents/responders.ts";
import type { PublishDeps } from "./publish-events.ts";

/**
 * Returns true if an incident, or one that was merged into it, is assigned to a person, or they were paged about it, as far
 * as its latest events tell. Reads the timeline for the latter, at most `limits.timelineEntries` events, and of the merged
 * ones the incident and its timeline, at most `limits.mergedIncidents`.
 */
export async function wasPaged(
  deps: Pick<PublishDeps, "incidents" | "incidentEvents">,
  incident: Incident,
  principal: Principal,
): Promise<boolean> {
  if (principal.kind !== "person") return false;
  if (involves(incident, principal.email)) return true;
  const { events: published } = await deps.incidentEvents.history(incident.id);
  const events = [...incident.pendingEvents, ...published];
  if (havePaged(events, principal.email)) return true;
  const sources = new Set(events.flatMap((event) => (event.type === "merged_from" ? event.from.id : [])));
  const answers = [...sources].map(async (id) => {
    const source = await deps.incidents.find(id);
    return source !== undefined && wasPaged(deps, source, principal);
  });
  return (await Promise.all(answers)).includes(true);
}
