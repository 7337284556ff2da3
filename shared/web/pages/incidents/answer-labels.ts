import { type Answer, type AnswerOutcome, statusAfter } from "../../../domain/incidents/answer.ts";
import { currentStatus } from "../../../domain/incidents/current-status.ts";
import { byActor } from "../../../domain/incidents/event-labels.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import { formatAgo } from "../../components/duration.ts";
import { isolate } from "../../components/isolate.ts";

interface Answered {
  readonly outcome: AnswerOutcome;
  readonly incident: Incident;
}

/** Describes the results: what was done, and for the rest who did it before. */
export function answerText(
  answer: Answer,
  answered: readonly Answered[],
  now: number,
): { readonly kind: "done" | "trouble"; readonly text: string } {
  if (answered.length === 0)
    return { kind: "trouble", text: "No incident found. Reload the page and try again." };
  const done = answered.filter(({ outcome }) => outcome === "done");
  const others = answered.filter(({ outcome }) => outcome !== "done");
  const verb = answer === "acknowledge" ? "Acknowledged" : "Resolved";
  const sentences = [
    ...(done.length > 0 ? [`${verb} ${done.map(({ incident }) => `#${incident.number}`).join(", ")}.`] : []),
    ...others.map((each) => otherwise(answer, each, now)),
  ];
  return { kind: others.length > 0 ? "trouble" : "done", text: sentences.join(" ") };
}

function otherwise(answer: Answer, { outcome, incident }: Answered, now: number): string {
  const { status, since, by } = currentStatus(incident);
  const was = (what: string) =>
    `#${incident.number} was ${what}${byActor(by, isolate)} ${formatAgo(now - since)}`;
  return outcome === "too_late"
    ? `${was(status)} and can no longer be ${statusAfter[answer]}.`
    : `${was(`already ${status}`)}.`;
}
