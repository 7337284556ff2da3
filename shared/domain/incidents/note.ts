import { idPrefixes } from "../ids.ts";
import type { Note } from "./incident-event.ts";

/** Creates a person's note on an incident. @param ulid its ID without the prefix */
export function createNote(
  { incidentId, author, content }: Pick<Note, "incidentId" | "author" | "content">,
  now: number,
  ulid: string,
): Note {
  return { id: idPrefixes.note + ulid, incidentId, author, content, createdAt: now };
}
