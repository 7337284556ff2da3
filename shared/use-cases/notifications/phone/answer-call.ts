import { channelInSentence } from "../../../channels/registry.ts";
import { emailIn } from "../../../domain/email.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import { isConfirmable } from "../../../domain/notifications/confirmable.ts";
import type { Notification } from "../../../domain/notifications/notification.ts";
import { spoken, spokenSentence } from "../../../domain/notifications/speech.ts";
import { recordAnswer } from "../../access/reachability/record-answer.ts";
import { respondToIncidents } from "../../incidents/respond-to-incidents.ts";
import type { VerificationCode } from "../../ports/notifications.ts";
import { addReceipt } from "../add-receipt.ts";
import { confirmNotification } from "../confirm-notification.ts";
import { type RunCommandDeps, runCommand } from "../run-command.ts";

/** Text to say in a call. `takesKeys` is true if the person can then press a key. */
export interface Answer {
  readonly text: string;
  readonly takesKeys: boolean;
}

export interface DescribeCallDeps extends Pick<RunCommandDeps, "incidents"> {
  readonly verificationCode: VerificationCode;
}

const commands: Readonly<Record<string, "ack" | "res" | "esc">> = { "4": "ack", "6": "res", "9": "esc" };

/** Returns the command of a key; undefined for one that means nothing in this call, so that its text is said again. */
export function commandOf(notification: Pick<Notification, "kind">, key: string) {
  const command = Object.hasOwn(commands, key) ? commands[key] : undefined;
  if (notification.kind === "bundle" && command === "esc") return undefined;
  return isConfirmable(notification) && command !== "ack" ? undefined : command;
}

/** Returns what to say when a call is answered, and after a key that means nothing. */
export async function describeCall(deps: DescribeCallDeps, notification: Notification): Promise<Answer> {
  if (notification.kind === "bundle")
    return { text: `${spokenSentence(notification.message)} ${keysOfAll}`, takesKeys: true };
  if (isConfirmable(notification)) return describeConfirmable(deps, notification);
  const { incidentId } = notification;
  const incident = incidentId === null ? undefined : await deps.incidents.find(incidentId);
  if (!incident) return { text: `${spokenSentence(notification.message)} Goodbye.`, takesKeys: false };
  const description = describe(incident);
  if (incident.status === "resolved")
    return { text: `${description} It is resolved. No action is required. Goodbye.`, takesKeys: false };
  const status = incident.status === "acknowledged" ? " It is acknowledged." : "";
  return { text: `${description}${status} ${keys}`, takesKeys: true };
}

const keys = "Press 4 to acknowledge. Press 6 to resolve. Press 9 to escalate.";
const keyToConfirm = "Press 4 to confirm that you received this call.";
const keysOfAll = "Press 4 to acknowledge all. Press 6 to resolve all.";

/** Speaks a code digit by digit. */
function describeConfirmable(
  { verificationCode }: DescribeCallDeps,
  { kind, id, message }: Notification,
): Answer {
  if (kind !== "verification")
    return { text: `${spokenSentence(message)} Press 4 to acknowledge.`, takesKeys: true };
  const code = verificationCode(id);
  const digits = code === null ? "not available" : [...code].join(", ");
  return { text: `Your verification code is ${digits}. ${keyToConfirm}`, takesKeys: true };
}

function describe({ number, severity, service, title }: Incident): string {
  const name = spoken(service);
  const subject = spokenSentence(title.replace(/^\[[A-Z]+\] /, ""));
  const repeated = subject.toLowerCase().startsWith(`${name.toLowerCase()}:`);
  return `Incident ${number}. Severity ${severity}. ${repeated ? "" : `Service ${name}. `}${subject}`;
}

/**
 * Executes a pressed key in the name of the called person, and returns what to say. Repeats change nothing if `deps.ulid`
 * gives the same IDs.
 *
 * @param call ID of the call at the provider
 */
export async function answerCall(
  deps: RunCommandDeps & DescribeCallDeps,
  notification: Notification,
  { key, call }: { readonly key: string; readonly call: string },
  now: number,
): Promise<Answer> {
  const command = commandOf(notification, key);
  const { incidentId, recipient, channel, address } = notification;
  const email = emailIn(recipient);
  const person = email ?? recipient;
  const isUnknown = email === undefined;
  const isBundle = notification.kind === "bundle";
  if (command === undefined) return describeCall(deps, notification);
  const messageId = `${call} ${key}`;
  if (isConfirmable(notification)) {
    const answer = { detail: `confirmed via ${channelInSentence(channel)}`, providerId: messageId };
    await confirmNotification(deps, notification.id, answer, now);
    return { text: "Thank you. Goodbye.", takesKeys: false };
  }
  if (!isBundle) {
    if (incidentId === null) return describeCall(deps, notification);
    const { id: notificationId } = notification;
    const reply = {
      person,
      isUnknown,
      text: command,
      channel,
      address,
      messageId,
      incidentId,
      notificationId,
    };
    const text = await runCommand(deps, reply, now);
    return { text: `${spokenSentence(text)} Goodbye.`, takesKeys: false };
  }
  const action = command === "ack" ? "acknowledge" : "resolve";
  const ids = notification.bundled.map((page) => page.incidentId);
  const answerer = { actor: person, isUnknown, via: channelInSentence(channel) };
  const results = await respondToIncidents(deps, ids, action, person, now, (run) =>
    deps.answerAs(answerer, action, run),
  );
  const detail = `${action} all via ${channelInSentence(channel)}`;
  await addReceipt(deps, notification.id, { at: now, kind: "answered", detail, providerId: messageId });
  await recordAnswer(deps, person, notification, now);
  const done = results.filter(({ outcome }) => outcome === "done" || outcome === "answered").length;
  const denials = results.flatMap((each) => (each.outcome === "denied" ? each.error.message : []));
  const verb = command === "ack" ? "acknowledged" : "resolved";
  const sentences = [`${done} of ${ids.length} incidents ${verb}.`, ...denials.slice(0, 1), "Goodbye."];
  return { text: sentences.join(" "), takesKeys: false };
}
