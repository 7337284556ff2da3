import { NotFound } from "../../domain/errors.ts";
import { type Answer, statusAfter } from "../../domain/incidents/answer.ts";
import { standingOf } from "../../domain/incidents/standing.ts";
import { formatMinute } from "../../domain/time.ts";
import { type Answered, answerIncident } from "../incidents/answer-incident.ts";
import type { ChangeIncidentDeps } from "../incidents/change-incident.ts";
import type { ReplyInSlack, SlackReply } from "../ports/notifications.ts";

/** A button that somebody pressed. */
export interface SlackPress {
  readonly answer: Answer;
  readonly incidentId: string;
  /** Who pressed it. */
  readonly actor: string;
  /** Where what came of it can be told; null for nowhere. */
  readonly responseUrl: string | null;
}

/**
 * Does what a button in Slack is for and tells there what came of it; pressed again, it changes nothing.
 *
 * @throws Unavailable when too many changes of the incident wait to be published
 */
export async function answerInSlack(
  deps: ChangeIncidentDeps & { readonly reply: ReplyInSlack },
  { answer, incidentId, actor, responseUrl }: SlackPress,
  now: number,
): Promise<void> {
  const reply = await answerIncident(deps, incidentId, answer, actor, now).then(
    (answered) => replyTo(answer, answered),
    (error: unknown) => {
      if (error instanceof NotFound) return { text: "There is no such incident any more.", toChannel: false };
      throw error;
    },
  );
  if (responseUrl !== null) await deps.reply(responseUrl, reply);
}

function replyTo(answer: Answer, { outcome, incident }: Answered): SlackReply {
  const { status, since, by } = standingOf(incident);
  const subject = `#${incident.number} ${incident.title}`;
  const standing = `${status}${by === null ? "" : ` by ${by}`} at ${formatMinute(since)}`;
  switch (outcome) {
    case "done":
      return { text: `${subject}: ${standing}.`, toChannel: true };
    case "already":
      return { text: `${subject}: already ${standing}.`, toChannel: false };
    case "too_late":
      return {
        text: `${subject}: can no longer be ${statusAfter[answer]}: ${standing}.`,
        toChannel: false,
      };
  }
}
