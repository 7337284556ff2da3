import type { Note } from "../../domain/incidents/incident-event.ts";
import { createNote } from "../../domain/incidents/note.ts";
import { minuteMs } from "../../domain/time-units.ts";
import type { Authorize } from "../ports/access.ts";
import type { Ulid } from "../ports/system.ts";
import { findIncident } from "./find-incident.ts";
import { type PublishDeps, tryPublishNote } from "./publish-events.ts";
import type { wasPaged } from "./was-paged.ts";

/**
 * Adds a note. Notes can be added concurrently, because the incident itself is not written.
 *
 * @param unless returns true for principals who may do it without a role
 * @throws NotFound
 */
export async function addNote(
  deps: PublishDeps & { readonly ulid: Ulid; readonly authorize: Authorize },
  idOrNumber: string,
  draft: Pick<Note, "author" | "content" | "thread">,
  now: number,
  unless?: typeof wasPaged,
): Promise<Note> {
  const ulid = deps.ulid(now);
  const incident = await findIncident(deps, idOrNumber);
  const { id: incidentId, team } = incident;
  await deps.authorize({ team }, unless && ((principal) => unless(deps, incident, principal)));
  const note = createNote({ ...draft, incidentId }, now, ulid);
  await storeNote(deps, note);
  return note;
}

/** Time within which a note with the same author and content is a repeat of the request. */
const repeatMs = 15 * minuteMs;

/**
 * Adds the note of a request that changed nothing else, unless its author has just written the same: such a request is
 * repeated when its response was lost. Reads the latest notes.
 */
export async function addUnlessRepeated(deps: PublishDeps, note: Note): Promise<void> {
  const notes = await deps.incidentEvents.latestNotes(note.incidentId);
  const isRepeated = notes.some(
    ({ author, content, createdAt }) =>
      author === note.author && content === note.content && note.createdAt - createdAt < repeatMs,
  );
  if (!isRepeated) await storeNote(deps, note);
}

async function storeNote(deps: PublishDeps, note: Note): Promise<void> {
  await deps.incidentEvents.addNote(note);
  await tryPublishNote(deps, note);
}
