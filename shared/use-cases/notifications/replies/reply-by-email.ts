import { emailIn } from "../../../domain/email.ts";
import { Conflict, NotFound } from "../../../domain/errors.ts";
import { cut } from "../../../domain/integrations/draft.ts";
import { limits } from "../../../domain/limits.ts";
import type { Notification } from "../../../domain/notifications/notification.ts";
import type { Sha256 } from "../../../domain/notifications/proof.ts";
import {
  answerIn,
  isAutomatic,
  type ReceivedEmail,
  replyTokenIn,
} from "../../../domain/notifications/received-email.ts";
import { readTextCommand, type TextCommand } from "../../../domain/notifications/text-command.ts";
import { addNote } from "../../incidents/add-note.ts";
import { findIncident } from "../../incidents/find-incident.ts";
import type { SeededUlids } from "../../ports/system.ts";
import { addReceipt } from "../add-receipt.ts";
import { type RunCommandDeps, runCommand } from "../run-command.ts";

export interface ReplyByEmailDeps extends RunCommandDeps {
  /** Returns the ID of the notification that a token was signed for; undefined if the platform has not signed it. */
  readonly openReply: (token: string) => string | undefined;
  readonly seededUlids: SeededUlids;
  readonly sha256: Sha256;
}

/**
 * Executes the command in an answer to a notification, as the person that the notification was sent to. Other text, also
 * a command about another incident, becomes a note. The message ID of the notification authenticates the answer. All
 * other mail is dropped, and its sender learns nothing. An email that comes again changes nothing.
 *
 * @throws Unavailable if too many events of the incident are pending
 */
export async function replyByEmail(deps: ReplyByEmailDeps, email: ReceivedEmail, now: number): Promise<void> {
  const { log } = deps;
  if (isAutomatic(email)) return log.info("an automatic email was dropped");
  const notification = await answered(deps, email, now);
  if (!notification) return log.warn("an email that answers no valid notification was dropped");
  const { id, incidentId } = notification;
  const person = emailIn(notification.recipient);
  const text = answerIn(email.text);
  if (incidentId === null || person === undefined || text === "")
    return log.info("an answer without an incident, a person or a text was dropped", { notification_id: id });
  const messageId = email.message_id ?? deps.sha256(text);
  const at = await claim(deps, notification, messageId, now);
  const stepDeps = { ...deps, ulid: deps.seededUlids(`email ${id} ${messageId}`) };
  try {
    const isCommand = await isAllowed(deps, readTextCommand(text), incidentId);
    const note = isCommand ? text.split("\n").slice(1).join("\n").trim() : text;
    if (isCommand) {
      const answer = await runCommand(
        stepDeps,
        { person, text, channel: "email", messageId, incidentId, notificationId: id },
        at,
      );
      log.info("a command was received by email", { notification_id: id, incident_id: incidentId, answer });
    }
    if (note !== "")
      await addNote(stepDeps, incidentId, { author: person, content: cut(note, limits.noteLength) }, at);
  } catch (error) {
    if (!(error instanceof NotFound || error instanceof Conflict)) throw error;
    log.warn("an answer by email changed nothing", { notification_id: id, error });
  }
}

/**
 * Records the answer before it acts, and returns the time at which it came first. Acting again at that time has the same
 * event IDs, and so no further effect.
 */
async function claim(
  deps: ReplyByEmailDeps,
  { id }: Notification,
  providerId: string,
  now: number,
): Promise<number> {
  const receipt = { at: now, kind: "answered", detail: "answer by email", providerId } as const;
  const saved = await addReceipt(deps, id, receipt);
  return (
    saved?.receipts.find((each) => each.providerId === providerId && each.kind === "answered")?.at ?? now
  );
}

/** Returns true for a command about the incident of the notification, which is all that its message ID authorizes. */
async function isAllowed(deps: ReplyByEmailDeps, command: TextCommand, incidentId: string): Promise<boolean> {
  if (command.kind === "unknown") return false;
  if (command.kind === "help" || command.number === null) return true;
  return (await findIncident(deps, incidentId)).number === command.number;
}

/** Returns the nearest notification that the email answers, unless it is older than links in messages live. */
async function answered(
  { openReply, notifications }: ReplyByEmailDeps,
  { replies_to }: ReceivedEmail,
  now: number,
): Promise<Notification | undefined> {
  const id = replies_to.flatMap((messageId) => openReply(replyTokenIn(messageId) ?? "") ?? [])[0];
  const found = id === undefined ? undefined : await notifications.find(id);
  return found && now - found.createdAt < limits.linkSeconds * 1_000 ? found : undefined;
}
