import { channelInSentence } from "../../channels/registry.ts";
import { AnswerDenied } from "../../domain/access/answer.ts";
import { Conflict, NotFound } from "../../domain/errors.ts";
import { outcomeLabel } from "../../domain/incidents/current-status.ts";
import { namesOf, subjectOf } from "../../domain/incidents/event-labels.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import { statusAfter } from "../../domain/incidents/incident-action.ts";
import { isAwaited } from "../../domain/notifications/confirmable.ts";
import type { Notification } from "../../domain/notifications/notification.ts";
import { readTextCommand, type TextCommand } from "../../domain/notifications/text-command.ts";
import { onCallAt } from "../../domain/oncall/on-call.ts";
import { onCallRoles } from "../../domain/oncall/schedule.ts";
import { clip } from "../../domain/text/clip.ts";
import { oneLine } from "../../domain/text/lines.ts";
import { recordAnswer, recordAnswerTime } from "../access/reachability/record-answer.ts";
import type { ChangeIncidentDeps } from "../incidents/change-incident.ts";
import { findIncident } from "../incidents/find-incident.ts";
import { respondToIncident } from "../incidents/respond-to-incident.ts";
import { escalateManually } from "../oncall/escalate.ts";
import type { AnswerAs } from "../ports/access.ts";
import type { NotificationStore } from "../ports/notifications.ts";
import { addReceipt } from "./add-receipt.ts";
import { type ConfirmDeps, confirmNotification } from "./confirm-notification.ts";

export interface RunCommandDeps extends ChangeIncidentDeps, ConfirmDeps {
  readonly users: ConfirmDeps["users"];
  readonly notifications: Pick<NotificationStore, "find" | "save" | "list">;
  readonly answerAs: AnswerAs;
}

/** A reply of a person to what they were paged about. */
export interface TextReply {
  /** Email of the person, or their name at the channel if that is all that is known. */
  readonly person: string;
  readonly isUnknown?: boolean | undefined;
  readonly text: string;
  /** Name of the channel in the registry, such as `sms`. */
  readonly channel: string;
  /** Address at the channel from which the person replies, if that is known. */
  readonly address?: string | undefined;
  /** ID of the message at its provider. */
  readonly messageId: string;
  /** ID of the incident that the message replies to, if that is known. */
  readonly incidentId?: string | undefined;
  /** ID of the notification that the message replies to, if that is known. */
  readonly notificationId?: string | undefined;
}

/** Latest notifications of a person that are searched for their incidents. */
const searched = 50;
/** Incidents or teams in a reply. */
const listed = 5;
const titleLength = 60;

export const commandHelp =
  "Reply ack 12, res 12 or esc 12 to acknowledge, resolve or escalate incident #12; without a number if only one is open. " +
  "Reply who to see who is on call.";

/**
 * Executes the command in a person's reply and returns a short text to answer with. Without a number, the command is
 * about the incident that the message replies to, otherwise the only unresolved one that the person was paged about. If
 * there are several, the answer lists the choices. The command becomes a receipt of the notification that it replies to,
 * otherwise of the page that was sent last about the incident.
 *
 * Repeats change nothing, except that an escalation is repeated unless `deps.ulid` gives the same IDs. Costs a read of up
 * to 50 notifications and their incidents besides the command itself.
 *
 * @throws Unavailable if too many events of the incident are pending
 */
export async function runCommand(deps: RunCommandDeps, reply: TextReply, now: number): Promise<string> {
  return (await resultOf(deps, reply, now)).answer;
}

interface CommandResult {
  readonly answer: string;
  /** True if the incident is in the state that the person wanted, because of this command. */
  readonly isDone: boolean;
}

/** Does what `runCommand` does, and reports whether the command changed an incident. */
export async function resultOf(deps: RunCommandDeps, reply: TextReply, now: number): Promise<CommandResult> {
  const command = readTextCommand(reply.text);
  const unchanged = (answer: string): CommandResult => ({ answer, isDone: false });
  if (command.kind === "help") return unchanged(commandHelp);
  if (command.kind === "unknown") return unchanged(`Unknown command. ${commandHelp}`);
  const pages = await deps.notifications.list({ recipient: reply.person }, { limit: searched, after: null });
  const { address, channel: repliesBy, person } = reply;
  await (address === undefined
    ? recordAnswerTime(deps, person, now)
    : recordAnswer(deps, person, { channel: repliesBy, address }, now));
  if (command.kind === "who") return unchanged(await whoIsOnCall(deps, command, pages.items, now));
  const incident = await incidentMeant(deps, command, reply, pages.items);
  if (incident === null) {
    const confirmation = await confirmed(deps, command, reply, pages.items, now);
    return confirmation === undefined ? unchanged(none(command)) : { answer: confirmation, isDone: true };
  }
  if (typeof incident === "string") return unchanged(incident);
  const answerer = { actor: person, isUnknown: reply.isUnknown, via: channelInSentence(repliesBy) };
  let result: CommandResult;
  try {
    result = await deps.answerAs(answerer, command.kind, () =>
      execute(deps, command.kind, incident, reply, now),
    );
  } catch (error) {
    if (error instanceof AnswerDenied) return unchanged(error.message);
    throw error;
  }
  const { messageId: providerId, channel } = reply;
  const repliesTo = reply.notificationId ?? lastSent(pages.items, incident, channel)?.id;
  if (repliesTo !== undefined) {
    const detail = `${command.kind} via ${channelInSentence(channel)}`;
    // The command is done, so the answer must say so.
    await addReceipt(deps, repliesTo, { at: now, kind: "answered", detail, providerId }).catch((error) =>
      deps.log.warn("the receipt of an answer was not recorded", { notification_id: repliesTo, error }),
    );
  }
  return result;
}

type Action = TextCommand & { readonly kind: "acknowledge" | "resolve" | "escalate" };

/** Returns the incident that a command is about, the answer if there are several, and null if there is none. */
async function incidentMeant(
  deps: RunCommandDeps,
  { kind, number }: Action,
  { incidentId }: TextReply,
  pages: readonly Notification[],
): Promise<Incident | string | null> {
  const known = number === null ? incidentId : String(number);
  if (known !== undefined) {
    try {
      return await findIncident(deps, known);
    } catch (error) {
      if (error instanceof NotFound)
        return number === null ? "This incident no longer exists." : `There is no incident #${number}.`;
      throw error;
    }
  }
  const incidents = await incidentsOf(deps, pages);
  const wanted = incidents.filter(({ status }) =>
    kind === "acknowledge" ? status === "open" : status !== "resolved",
  );
  const [only, ...others] = wanted;
  if (!only) return null;
  return others.length === 0 ? only : choices(kind, wanted);
}

function none({ kind }: Action): string {
  return `No incident that you were paged about is ${stateFor[kind]}.`;
}

const stateFor = { acknowledge: "open", resolve: "unresolved", escalate: "unresolved" } as const;

/** Confirms the latest drill that waits for an answer. @returns the answer; undefined if there is none */
async function confirmed(
  deps: RunCommandDeps,
  { kind }: Action,
  { channel, messageId: providerId }: TextReply,
  pages: readonly Notification[],
  now: number,
): Promise<string | undefined> {
  const drill = pages.find((each) => each.kind === "drill" && isAwaited(each, now));
  if (!drill || kind !== "acknowledge") return undefined;
  const detail = `acknowledge via ${channelInSentence(channel)}`;
  await confirmNotification(deps, drill.id, { detail, providerId }, now);
  return "Thank you. The drill is answered.";
}

/** Shortest words for actions on an incident. */
export const shortVerbs = { acknowledge: "ack", resolve: "res", escalate: "esc" } as const;

function choices(kind: Action["kind"], incidents: readonly Incident[]): string {
  const lines = incidents
    .slice(0, listed)
    .map((incident) => `${shortVerbs[kind]} ${incident.number} for ${titleOf(incident)}`);
  const more = incidents.length - lines.length;
  return [
    `${incidents.length} incidents are ${stateFor[kind]}. Reply`,
    ...lines,
    ...(more > 0 ? [`or the number of one of ${more} more`] : []),
  ].join("\n");
}

/** Returns the incidents of a person's latest notifications, newest first, in their current state. */
async function incidentsOf(
  { incidents }: RunCommandDeps,
  pages: readonly Notification[],
): Promise<readonly Incident[]> {
  const ids = new Set(pages.flatMap(({ incidentId }) => incidentId ?? []));
  return incidents.findAll([...ids], { consistent: true });
}

async function execute(
  deps: RunCommandDeps,
  kind: Action["kind"],
  incident: Incident,
  { person, channel }: TextReply,
  now: number,
): Promise<CommandResult> {
  const via = channelInSentence(channel);
  if (kind === "escalate") {
    const { team } = incident;
    const request = { team, incidentId: incident.id, reason: null, actor: person, via };
    try {
      const { event } = await escalateManually(deps, request, now);
      const answer = `Escalated ${shortSubjectOf(incident)} to ${namesOf(event.recipients)}.`;
      return { answer, isDone: true };
    } catch (error) {
      if (error instanceof Conflict || error instanceof NotFound)
        return { answer: `Not escalated: ${error.message}.`, isDone: false };
      throw error;
    }
  }
  const { outcome, incident: after } = await respondToIncident(deps, incident.id, kind, person, now, via);
  if (outcome === "done") {
    const verb = kind === "acknowledge" ? "Acknowledged" : "Resolved";
    return { answer: `${verb} ${shortSubjectOf(after)}.`, isDone: true };
  }
  const answer = `#${after.number}: ${outcomeLabel(outcome, after, statusAfter[kind])}.`;
  return { answer, isDone: outcome === "answered" };
}

/** Names the people on call for a team, half a read unit each. */
async function whoIsOnCall(
  deps: RunCommandDeps,
  { number, team }: TextCommand & { kind: "who" },
  pages: readonly Notification[],
  now: number,
): Promise<string> {
  const incident = number === null ? undefined : await deps.incidents.findByNumber(number);
  if (number !== null && !incident) return `There is no incident #${number}.`;
  const paged = incident || team !== null ? [] : await incidentsOf(deps, pages);
  const teams = incident ? [incident.team] : team === null ? paged.map((each) => each.team) : [team];
  if (teams.length === 0) return "You were not paged recently. Reply who and a team's name.";
  const lines = [...new Set(teams)].slice(0, listed).map(async (name) => {
    const loaded = await deps.schedules.load(name, now, { stale: true });
    if (!loaded?.schedule) return `Team ${name} has no schedule.`;
    const people = onCallRoles.flatMap((role) => {
      const { person } = onCallAt(loaded.history, role, now);
      return person ? [`${person.name} (${role})`] : [];
    });
    return `${name}: ${people.length === 0 ? "no one is on call" : people.join(", ")}`;
  });
  return (await Promise.all(lines)).join("\n");
}

/** Returns the page about an incident that was sent last, over this channel if there is one. */
function lastSent(
  pages: readonly Notification[],
  { id }: Incident,
  channel: string,
): Notification | undefined {
  const sent = pages
    .filter(({ incidentId, status }) => incidentId === id && status === "sent")
    .toSorted((a, b) => (b.sentAt ?? 0) - (a.sentAt ?? 0));
  return sent.find((each) => each.channel === channel) ?? sent[0];
}

function shortSubjectOf(incident: Incident): string {
  return subjectOf({ number: incident.number, title: titleOf(incident) });
}

function titleOf({ title }: Incident): string {
  return clip(oneLine(title), titleLength);
}
