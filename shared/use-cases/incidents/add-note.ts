import type { Note } from "../../domain/incidents/incident-event.ts";
import { createNote } from "../../domain/incidents/note.ts";
import type { Ulid } from "../ports/system.ts";
import { findIncident } from "./find-incident.ts";
import { type PublishDeps, tryPublishNote } from "./publish-events.ts";

/**
 * Adds a note. Notes can be added concurrently, because the incident itself is not written. @throws NotFound
 */
export async function addNote(
  deps: PublishDeps & { readonly ulid: Ulid },
  idOrNumber: string,
  { author, content }: Pick<Note, "author" | "content">,
  now: number,
): Promise<Note> {
  const ulid = deps.ulid(now);
  const { id: incidentId } = await findIncident(deps, idOrNumber);
  const note = createNote({ incidentId, author, content }, now, ulid);
  await deps.incidentEvents.addNote(note);
  await tryPublishNote(deps, note);
  return note;
}
