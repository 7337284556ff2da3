import { clip } from "../../../domain/clip.ts";
import { NotFound } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import { addNote } from "../../incidents/add-note.ts";
import type { ChatMessageStore } from "../../ports/notifications.ts";

interface ThreadNoteDeps extends AddNoteDeps {
  readonly chatMessages: Pick<ChatMessageStore, "incidentOf">;
}

type AddNoteDeps = Parameters<typeof addNote>[0];

interface ThreadMessage {
  /** Name of the channel in the registry. */
  readonly channel: string;
  /** ID of the message that the thread belongs to. */
  readonly thread: string;
  readonly author: string;
  /** In Markdown. */
  readonly text: string;
}

/**
 * Adds what a person wrote in the thread of an incident's message as a note. Idempotent for the same IDs (of a repeated
 * request). Other threads are not the platform's business.
 */
export async function addThreadNote(
  deps: ThreadNoteDeps,
  { channel, thread, author, text }: ThreadMessage,
  now: number,
): Promise<void> {
  const incidentId =
    text === "" ? undefined : await deps.chatMessages.incidentOf({ channel, reference: thread });
  if (incidentId === undefined) return;
  try {
    await addNote(deps, incidentId, { author, content: clip(text, limits.noteLength), thread }, now);
  } catch (error) {
    // The incident has expired since.
    if (!(error instanceof NotFound)) throw error;
  }
}
