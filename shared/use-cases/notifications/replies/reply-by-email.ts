import { channelInSentence } from "../../../channels/registry.ts";
import { AnswerDenied } from "../../../domain/access/answer.ts";
import { emailIn } from "../../../domain/email.ts";
import { Conflict, NotFound } from "../../../domain/errors.ts";
import type { Sha256 } from "../../../domain/hash-chain.ts";
import { idPrefixes } from "../../../domain/ids.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import { cut } from "../../../domain/integrations/draft.ts";
import { limits } from "../../../domain/limits.ts";
import { isConfirmable } from "../../../domain/notifications/confirmable.ts";
import { type Notification, newNotification } from "../../../domain/notifications/notification.ts";
import {
  answerIn,
  isAutomatic,
  type ReceivedEmail,
  replyTokenIn,
} from "../../../domain/notifications/received-email.ts";
import { readTextCommand, type TextCommand } from "../../../domain/notifications/text-command.ts";
import { recordAnswer } from "../../access/reachability/record-answer.ts";
import { addNote } from "../../incidents/add-note.ts";
import { findIncident } from "../../incidents/find-incident.ts";
import { wasPaged } from "../../incidents/was-paged.ts";
import { answerDrill } from "../../oncall/readiness/answer-drill.ts";
import type { SeededUlids } from "../../ports/system.ts";
import { addReceipt } from "../add-receipt.ts";
import { type QueueNotificationsDeps, queueNotifications } from "../queue-notifications.ts";
import { commandHelp, type RunCommandDeps, resultOf, shortVerbs } from "../run-command.ts";

export interface ReplyByEmailDeps extends RunCommandDeps {
  readonly notifications: RunCommandDeps["notifications"] & QueueNotificationsDeps["notifications"];
  readonly notificationQueue: QueueNotificationsDeps["notificationQueue"];
  /** Returns the ID of the notification that a token was signed for; undefined if the platform has not signed it. */
  readonly openReply: (token: string) => string | undefined;
  readonly seededUlids: SeededUlids;
  /** Does nothing if it is done for this key. After a crash it is done again, with the time of the first attempt. */
  readonly once: (key: string, now: number, handle: (at: number) => Promise<void>) => Promise<void>;
  readonly sha256: Sha256;
}

/**
 * Executes the command in an answer to a notification, as the person that the notification was sent to. Other text, also
 * a command about another incident, becomes a note. A command that changes nothing is answered, so that its sender does not
 * take it for done. The message ID of the notification authenticates the answer. All other mail is dropped, and its sender
 * learns nothing. An email that comes again changes nothing.
 *
 * @throws Unavailable if too many events of the incident are pending
 */
export async function replyByEmail(deps: ReplyByEmailDeps, email: ReceivedEmail, now: number): Promise<void> {
  const { log } = deps;
  if (isAutomatic(email)) return log.info("an automatic email was dropped");
  const notification = await answered(deps, email, now);
  if (!notification) return log.warn("an email that answers no valid notification was dropped");
  const person = emailIn(notification.recipient);
  const text = answerIn(email.text);
  if (person === undefined || text === "")
    return log.info("an answer without a person or a text was dropped", { notification_id: notification.id });
  const messageId = email.message_id ?? deps.sha256(text);
  await deps.once(deps.sha256(`${notification.id} ${messageId}`), now, (at) =>
    act(deps, notification, { person, text, messageId }, at),
  );
}

/** Adds the note first: the command may change which incident of a bundle is meant. */
async function act(
  deps: ReplyByEmailDeps,
  notification: Notification,
  { person, text, messageId }: { readonly person: string; readonly text: string; readonly messageId: string },
  at: number,
): Promise<void> {
  const { id } = notification;
  if (await wasAnswered(deps, id, messageId, at)) return;
  // The answer proves that the notification was received at its address, whatever the answer is.
  await recordAnswer(deps, person, notification, at);
  if (isConfirmable(notification)) return answerDrill(deps.drills, notification, at);
  const command = readTextCommand(text);
  const answerWith = (message: string) => answerEmail(deps, notification, { messageId, message }, at);
  // Each step has its own IDs, so that a repeated step has the same, whatever the others did.
  const seeded = (step: string) => ({ ...deps, ulid: deps.seededUlids(`${step} ${id} ${messageId}`) });
  try {
    const incident = await incidentMeant(deps, notification, command);
    if (!incident) {
      deps.log.warn("an answer by email concerns no single incident", { notification_id: id });
      // Two programs that answer each other would never end.
      if (notification.kind === "message") return;
      const subject = notification.kind === "bundle" ? "several incidents" : "no single incident";
      return answerWith(`No action taken: this message is about ${subject}. ${commandHelp}`);
    }
    const isCommand = isAbout(command, incident);
    const content = isCommand ? text.split("\n").slice(1).join("\n").trim() : text;
    if (content !== "") {
      const note = { author: person, content: cut(content, limits.noteLength) };
      const answerer = { actor: person, via: channelInSentence("email") };
      const action =
        isCommand && command.kind in shortVerbs ? (command.kind as keyof typeof shortVerbs) : "note";
      // Who may only acknowledge what they were paged about may say why.
      const unless = action === "acknowledge" ? wasPaged : undefined;
      await deps.answerAs(answerer, action, () =>
        addNote(seeded("email note"), incident.id, note, at, unless),
      );
    }
    if (!isCommand) return;
    const about = { incidentId: incident.id, notificationId: id };
    const reply = { person, text, channel: "email", messageId, ...about };
    const { answer, isDone } = await resultOf(seeded("email"), reply, at);
    deps.log.info("a command was received by email", {
      ...{ notification_id: id, incident_id: incident.id, answer },
    });
    if (!isDone) await answerWith(answer);
  } catch (error) {
    if (error instanceof AnswerDenied) return answerWith(error.message);
    if (!(error instanceof NotFound || error instanceof Conflict)) throw error;
    deps.log.warn("an answer by email changed nothing", { notification_id: id, error });
    await answerWith(`No action taken: ${error.message}.`);
  }
}

/** Answers by email to the address that the notification went to. Idempotent: the same email gets one answer. */
async function answerEmail(
  deps: ReplyByEmailDeps,
  { id, incidentId, channel, recipient, address, severity }: Notification,
  { messageId, message }: { readonly messageId: string; readonly message: string },
  at: number,
): Promise<void> {
  const answer = newNotification({
    id: idPrefixes.notification + deps.sha256(`answer ${id} ${messageId}`).slice(0, 32),
    kind: "message",
    ...{ incidentId, channel, recipient, address, severity, message, createdAt: at },
  });
  await queueNotifications(deps, [answer], at);
}

/**
 * Returns the incident that an answer is about. Of a bundle, it is the one with the command's number, otherwise the only
 * one that the command can change.
 *
 * @throws NotFound
 */
async function incidentMeant(
  deps: ReplyByEmailDeps,
  { incidentId, bundled }: Notification,
  command: TextCommand,
): Promise<Incident | undefined> {
  if (incidentId !== null) return findIncident(deps, incidentId);
  const ids = new Set(bundled.map((page) => page.incidentId));
  const incidents = await deps.incidents.findAll([...ids], { consistent: true });
  const named = incidents.find(({ number }) => "number" in command && number === command.number);
  const [only, ...others] = incidents.filter(({ status }) =>
    command.kind === "acknowledge" ? status === "open" : status !== "resolved",
  );
  return named ?? (others.length === 0 ? only : undefined);
}

/** Returns true for a command about an incident of the notification, which is all that its message ID authorizes. */
function isAbout(command: TextCommand, { number }: Incident): boolean {
  if (command.kind === "unknown") return false;
  return command.kind === "help" || command.number === null || command.number === number;
}

/** Records the answer, and returns true if it came before, longer ago than `once` remembers. */
async function wasAnswered(
  deps: ReplyByEmailDeps,
  id: string,
  providerId: string,
  at: number,
): Promise<boolean> {
  const receipt = { at, kind: "answered", detail: "answer by email", providerId } as const;
  const saved = await addReceipt(deps, id, receipt);
  return (
    saved?.receipts.some(
      (each) => each.providerId === providerId && each.kind === "answered" && each.at < at,
    ) ?? false
  );
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
