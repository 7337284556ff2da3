import { AnswerDenied } from "../../../domain/access/answer.ts";
import { Conflict, NotFound } from "../../../domain/errors.ts";
import { outcomeLabel } from "../../../domain/incidents/current-status.ts";
import { byActor, namesOf, subjectOf } from "../../../domain/incidents/event-labels.ts";
import {
  type ChatAction,
  type IncidentAction,
  statusAfter,
} from "../../../domain/incidents/incident-action.ts";
import { chosenEnd, type SnoozeChoice } from "../../../domain/incidents/snooze/snooze-choice.ts";
import { formatMinute } from "../../../domain/time.ts";
import type { ChangeIncidentDeps } from "../../incidents/change-incident.ts";
import { findIncident } from "../../incidents/find-incident.ts";
import { type ActionResult, respondToIncident } from "../../incidents/respond-to-incident.ts";
import { type EscalateDeps, escalateManually } from "../../oncall/escalate.ts";
import type { AnswerAs } from "../../ports/access.ts";
import type { ChatReply } from "../../ports/notifications.ts";

/** A pressed button, or a chosen time to snooze, below a message about an incident. */
export interface PressedButton {
  readonly action: ChatAction | SnoozeChoice;
  readonly incidentId: string;
  /** Email of the person, or their name in the chat if that is all that is known. */
  readonly actor: string;
  readonly isUnknown?: boolean | undefined;
  /** Label of the chat in the timeline. */
  readonly via: string;
}

export interface RespondInChatDeps extends ChangeIncidentDeps, EscalateDeps {
  readonly answerAs: AnswerAs;
}

/**
 * Executes the action of a button. Repeats change nothing; a repeated escalation needs the same time and IDs.
 *
 * @throws Unavailable if too many events of the incident are pending
 */
export async function respondInChat(
  deps: RespondInChatDeps,
  pressed: PressedButton,
  now: number,
): Promise<ChatReply> {
  const { action } = pressed;
  try {
    return await deps.answerAs(pressed, isSnooze(action) ? "snooze" : action, () =>
      execute(deps, pressed, now),
    );
  } catch (error) {
    if (error instanceof AnswerDenied) return { text: error.message, toChannel: false, isDenied: true };
    if (!(error instanceof NotFound)) throw error;
    return { text: "This incident no longer exists.", toChannel: false };
  }
}

async function execute(
  deps: RespondInChatDeps,
  { action, incidentId, actor, via }: PressedButton,
  now: number,
): Promise<ChatReply> {
  if (action === "escalate") return escalateInChat(deps, { incidentId, actor, via }, now);
  const response = isSnooze(action) ? { snoozeUntil: chosenEnd(action, now) } : action;
  return replyTo(action, await respondToIncident(deps, incidentId, response, actor, now, via), actor);
}

async function escalateInChat(
  deps: ChangeIncidentDeps & EscalateDeps,
  { incidentId, actor, via }: Omit<PressedButton, "action">,
  now: number,
): Promise<ChatReply> {
  const known = await findIncident(deps, incidentId);
  const request = { team: known.team, incidentId, reason: null, actor, via };
  try {
    const { incident, event } = await escalateManually(deps, request, now);
    const escalated = `escalated${byActor(actor)} to ${namesOf(event.recipients)}`;
    return { text: `${subjectOf(incident)}: ${escalated}.`, toChannel: true };
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    return { text: `${subjectOf(known)}: not escalated. ${error.message}.`, toChannel: false };
  }
}

function isSnooze(action: PressedButton["action"]): action is SnoozeChoice {
  return action !== "acknowledge" && action !== "resolve" && action !== "escalate";
}

function replyTo(
  action: IncidentAction | SnoozeChoice,
  { outcome, incident }: ActionResult,
  actor: string,
): ChatReply {
  const subject = subjectOf(incident);
  const { snoozedUntil } = incident;
  if (isSnooze(action) && snoozedUntil !== undefined)
    return {
      text: `${subject}: snoozed until ${formatMinute(snoozedUntil)}${byActor(actor)}.`,
      toChannel: true,
    };
  const wanted = isSnooze(action) ? "snoozed" : statusAfter[action];
  return {
    text: `${subject}: ${outcomeLabel(outcome, incident, wanted)}.`,
    toChannel: outcome === "done",
  };
}
