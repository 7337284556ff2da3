import { idPrefixes } from "../domain/ids.ts";
import { withNote } from "../domain/incident.ts";
import type { Note } from "../domain/incident-event.ts";
import type { ChangeIncidentDeps } from "./change-incident.ts";
import { findChangeable } from "./find-incident.ts";
import { tryPublishEvents } from "./publish-events.ts";
import { retryStale } from "./retry-stale.ts";

/**
 * @throws NotFound
 * @throws Unavailable when too many changes of the incident wait to be published
 */
export async function addNote(
  deps: ChangeIncidentDeps,
  idOrNumber: string,
  { author, content }: Pick<Note, "author" | "content">,
  now: number,
): Promise<Note> {
  const id = idPrefixes.note + deps.ulid(now);
  const { note, saved } = await retryStale(async () => {
    const incident = await findChangeable(deps, idOrNumber);
    const note = { id, incidentId: incident.id, author, content, createdAt: now };
    return { note, saved: await deps.incidents.save(withNote(incident, note), [note]) };
  });
  await tryPublishEvents(deps, saved);
  return note;
}
