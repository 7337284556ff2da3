import { NotFound } from "../../domain/errors.ts";
import { currentStatus } from "../../domain/incidents/current-status.ts";
import { byActor } from "../../domain/incidents/event-labels.ts";
import { type IncidentAction, statusAfter } from "../../domain/incidents/incident-action.ts";
import { formatMinute } from "../../domain/time.ts";
import type { ChangeIncidentDeps } from "../incidents/change-incident.ts";
import { type ActionResult, respondToIncident } from "../incidents/respond-to-incident.ts";
import type { ReplyInSlack, SlackReply } from "../ports/notifications.ts";

/** A pressed button in a Slack message. */
interface SlackAction {
  readonly action: IncidentAction;
  readonly incidentId: string;
  /** Person who pressed it. */
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
  const reply = await respondToIncident(deps, incidentId, action, actor, now).then(
    (result) => replyTo(action, result),
    (error: unknown) => {
      if (error instanceof NotFound) return { text: "This incident no longer exists.", toChannel: false };
      throw error;
    },
  );
  if (responseUrl !== null) await deps.reply(responseUrl, reply);
}

function replyTo(action: IncidentAction, { outcome, incident }: ActionResult): SlackReply {
  const { status, since, by } = currentStatus(incident);
  const subject = `#${incident.number} ${incident.title}`;
  const statusLine = `${status}${byActor(by)} at ${formatMinute(since)}`;
  switch (outcome) {
    case "done":
      return { text: `${subject}: ${statusLine}.`, toChannel: true };
    case "answered":
      return { text: `${subject}: your answer is recorded. It is ${statusLine}.`, toChannel: false };
    case "already":
      return { text: `${subject}: already ${statusLine}.`, toChannel: false };
    case "too_late":
      return {
        text: `${subject}: can no longer be ${statusAfter[action]}: ${statusLine}.`,
        toChannel: false,
      };
  }
}
