import type { Clock } from "../ports/system.ts";
import { type PublishDeps, tryPublishEvents, tryPublishNote } from "./publish-events.ts";

/** Younger events are being published by their writer. */
const graceMs = 30_000;

/** Publishes stored events whose publisher crashed. */
export async function republishEvents(deps: PublishDeps & { readonly clock: Clock }): Promise<void> {
  let after: string | null = null;
  do {
    const page = await deps.incidents.listWithPendingEvents(after);
    for (const incident of page.items) {
      if (deps.clock() - incident.updatedAt >= graceMs) await tryPublishEvents(deps, incident);
    }
    after = page.next;
  } while (after !== null);
  do {
    const page = await deps.incidentEvents.listNotesToPublish(after);
    for (const note of page.items) {
      if (deps.clock() - note.createdAt >= graceMs) await tryPublishNote(deps, note);
    }
    after = page.next;
  } while (after !== null);
}
