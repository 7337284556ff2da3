import { idPrefixes } from "../domain/ids.ts";
import type { Note } from "../domain/incident-event.ts";
import { findIncident } from "./find-incident.ts";
import type { IncidentStore, Ulid } from "./ports.ts";

/** @throws NotFound */
export async function addNote(
  deps: { readonly incidents: IncidentStore; readonly ulid: Ulid },
  idOrNumber: string,
  { author, content }: Pick<Note, "author" | "content">,
  now: number,
): Promise<Note> {
  const incident = await findIncident(deps, idOrNumber);
  const note = {
    id: idPrefixes.note + deps.ulid(now),
    incidentId: incident.id,
    author,
    content,
    createdAt: now,
  };
  await deps.incidents.appendNote(note);
  return note;
}
