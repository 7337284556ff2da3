import { NotFound } from "../../domain/errors.ts";
import { type Answer, statusAfter } from "../../domain/incidents/answer.ts";
import { currentStatus } from "../../domain/incidents/current-status.ts";
import { byActor } from "../../domain/incidents/event-labels.ts";
import { formatMinute } from "../../domain/time.ts";
import { type Answered, answerIncident } from "../incidents/answer-incident.ts";
import type { ChangeIncidentDeps } from "../incidents/change-incident.ts";
import type { ReplyInSlack, SlackReply } from "../ports/notifications.ts";

/** A pressed Slack button. */
interface SlackPress {
  readonly answer: Answer;
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
export async function answerInSlack(
  deps: ChangeIncidentDeps & { readonly reply: ReplyInSlack },
  { answer, incidentId, actor, responseUrl }: SlackPress,
  now: number,
): Promise<void> {
  const reply = await answerIncident(deps, incidentId, answer, actor, now).then(
    (answered) => replyTo(answer, answered),
    (error: unknown) => {
      if (error instanceof NotFound) return { text: "This incident no longer exists.", toChannel: false };
      throw error;
    },
  );
  if (responseUrl !== null) await deps.reply(responseUrl, reply);
}

function replyTo(answer: Answer, { outcome, incident }: Answered): SlackReply {
  const { status, since, by } = currentStatus(incident);
  const subject = `#${incident.number} ${incident.title}`;
  const statusLine = `${status}${byActor(by)} at ${formatMinute(since)}`;
  switch (outcome) {
    case "done":
      return { text: `${subject}: ${statusLine}.`, toChannel: true };
    case "already":
      return { text: `${subject}: already ${statusLine}.`, toChannel: false };
    case "too_late":
      return {
        text: `${subject}: can no longer be ${statusAfter[answer]}: ${statusLine}.`,
        toChannel: false,
      };
  }
}
