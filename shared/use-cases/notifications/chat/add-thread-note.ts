import { channelInSentence } from "../../../channels/registry.ts";
import { AnswerDenied } from "../../../domain/access/answer.ts";
import { NotFound } from "../../../domain/errors.ts";
import { limits } from "../../../domain/limits.ts";
import { clip } from "../../../domain/text/clip.ts";
import { addNote } from "../../incidents/add-note.ts";
import type { AnswerAs } from "../../ports/access.ts";
import type { ChatMessageStore } from "../../ports/notifications.ts";

interface ThreadNoteDeps extends AddNoteDeps {
  readonly chatMessages: Pick<ChatMessageStore, "incidentOf">;
  readonly answerAs: AnswerAs;
}

type AddNoteDeps = Parameters<typeof addNote>[0];

interface ThreadMessage {
  /** Name of the channel in the registry. */
  readonly channel: string;
  /** ID of the message that the thread belongs to. */
  readonly thread: string;
  /** Email of the person, or their name at the channel if that is all that is known. */
  readonly author: string;
  readonly isUnknown?: boolean | undefined;
  /** In Markdown. */
  readonly text: string;
}

/**
 * Adds what a person wrote in the thread of an incident's message as a note. Idempotent for the same IDs (of a repeated
 * request). Other threads are not the platform's business. People in a thread talk to each other, so those who may not
 * add notes get no answer, and no entry in the audit log.
 */
export async function addThreadNote(
  deps: ThreadNoteDeps,
  { channel, thread, author, isUnknown, text }: ThreadMessage,
  now: number,
): Promise<void> {
  const incidentId =
    text === "" ? undefined : await deps.chatMessages.incidentOf({ channel, reference: thread });
  if (incidentId === undefined) return;
  try {
    const note = { author, content: clip(text, limits.noteLength), thread };
    const answerer = { actor: author, isUnknown, via: channelInSentence(channel), isAudited: false } as const;
    await deps.answerAs(answerer, "note", () => addNote(deps, incidentId, note, now));
  } catch (error) {
    // The incident may have expired since.
    if (!(error instanceof NotFound || error instanceof AnswerDenied)) throw error;
  }
}
