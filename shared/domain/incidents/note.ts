import { idPrefixes } from "../ids.ts";
import type { Note } from "./incident-event.ts";

/** Creates a person's note on an incident. @param ulid its ID without the prefix */
export function createNote(
  draft: Pick<Note, "incidentId" | "author" | "content" | "thread">,
  now: number,
  ulid: string,
): Note {
  return { ...draft, id: idPrefixes.note + ulid, createdAt: now };
}
