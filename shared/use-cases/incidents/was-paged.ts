import type { Principal } from "../../domain/access/principal.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import { havePaged, involves } from "../../domain/incidents/responders.ts";
import type { PublishDeps } from "./publish-events.ts";

/**
 * Returns true if an incident is assigned to a person, or they were paged about it, as far as its latest events tell.
 * Reads the timeline for the latter, at most `limits.timelineEntries` events.
 */
export async function wasPaged(
  { incidentEvents }: Pick<PublishDeps, "incidentEvents">,
  incident: Incident,
  principal: Principal,
): Promise<boolean> {
  if (principal.kind !== "person") return false;
  if (involves(incident, principal.email)) return true;
  const { events } = await incidentEvents.history(incident.id);
  return havePaged([...incident.pendingEvents, ...events], principal.email);
}
