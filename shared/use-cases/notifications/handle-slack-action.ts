import { NotFound } from "../../domain/errors.ts";
import { currentStatus } from "../../domain/incidents/current-status.ts";
import { byActor } from "../../domain/incidents/event-labels.ts";
import { type IncidentAction, statusAfter } from "../../domain/incidents/incident-action.ts";
import { chosenEnd, type SnoozeChoice } from "../../domain/incidents/snooze-choice.ts";
import { formatMinute } from "../../domain/time.ts";
import type { ChangeIncidentDeps } from "../incidents/change-incident.ts";
import { type ActionResult, respondToIncident } from "../incidents/respond-to-incident.ts";
import type { ReplyInSlack, SlackReply } from "../ports/notifications.ts";

/** A pressed button, or a chosen time to snooze, in a Slack message. */
interface SlackAction {
  readonly action: IncidentAction | SnoozeChoice;
  readonly incidentId: string;
  /** Person who did it. */
  readonly actor: string;
  /** URL for the reply; null if there is none. */
  readonly responseUrl: string | null;
}

/**
 * Executes a Slack button's action and posts the result. Repeats change nothing.
 *
 * @throws Unavailable if too many events of the incident are pending
 */
export async function handleSlackAction(
  deps: ChangeIncidentDeps & { readonly reply: ReplyInSlack },
  { action, incidentId, actor, responseUrl }: SlackAction,
  now: number,
): Promise<void> {
  const response = isSnooze(action) ? { snoozeUntil: chosenEnd(action, now) } : action;
  const reply = await respondToIncident(deps, incidentId, response, actor, now).then(
    (result) => replyTo(action, result, actor),
    (error: unknown) => {
      if (error instanceof NotFound) return { text: "This incident no longer exists.", toChannel: false };
      throw error;
    },
  );
  if (responseUrl !== null) await deps.reply(responseUrl, reply);
}

function isSnooze(action: SlackAction["action"]): action is SnoozeChoice {
  return action !== "acknowledge" && action !== "resolve";
}

function replyTo(
  action: SlackAction["action"],
  { outcome, incident }: ActionResult,
  actor: string,
): SlackReply {
  const { status, since, by } = currentStatus(incident);
  const subject = `#${incident.number} ${incident.title}`;
  const statusLine = `${status}${byActor(by)} at ${formatMinute(since)}`;
  const { snoozedUntil } = incident;
  if (isSnooze(action) && snoozedUntil !== undefined)
    return {
      text: `${subject}: snoozed until ${formatMinute(snoozedUntil)}${byActor(actor)}.`,
      toChannel: true,
    };
  switch (outcome) {
    case "done":
      return { text: `${subject}: ${statusLine}.`, toChannel: true };
    case "answered":
      return { text: `${subject}: your answer is recorded. It is ${statusLine}.`, toChannel: false };
    case "already":
      return { text: `${subject}: already ${statusLine}.`, toChannel: false };
    case "too_late":
      return {
        text: `${subject}: can no longer be ${isSnooze(action) ? "snoozed" : statusAfter[action]}: ${statusLine}.`,
        toChannel: false,
      };
  }
}
