import { allItems } from "../all-items.ts";
import type { Clock } from "../ports/system.ts";
import { type PublishDeps, tryPublishEvents, tryPublishNote } from "./publish-events.ts";

/** Younger events are being published by their writer. */
const graceMs = 30_000;

/** Publishes stored events whose publisher crashed. */
export async function republishEvents(deps: PublishDeps & { readonly clock: Clock }): Promise<void> {
  for await (const incident of allItems((after) => deps.incidents.listWithPendingEvents(after))) {
    if (deps.clock() - incident.updatedAt >= graceMs) await tryPublishEvents(deps, incident);
  }
  for await (const note of allItems((after) => deps.incidentEvents.listNotesToPublish(after))) {
    if (deps.clock() - note.createdAt >= graceMs) await tryPublishNote(deps, note);
  }
}
