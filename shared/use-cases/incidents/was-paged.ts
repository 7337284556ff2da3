import type { Principal } from "../../domain/access/principal.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import type { PublishDeps } from "./publish-events.ts";

/**
 * Returns true if a person was paged about an incident, as far as its latest events tell. Reads the timeline, at most
 * `limits.timelineEntries` events.
 */
export async function wasPaged(
  { incidentEvents }: Pick<PublishDeps, "incidentEvents">,
  { id, pendingEvents }: Incident,
  principal: Principal,
): Promise<boolean> {
  if (principal.kind !== "person") return false;
  const { events } = await incidentEvents.history(id);
  return [...pendingEvents, ...events].some(
    (event) => "recipients" in event && event.recipients.some(({ email }) => email === principal.email),
  );
}
