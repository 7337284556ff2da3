import { type Answer, type AnswerOutcome, statusAfter } from "../../../domain/incidents/answer.ts";
import { currentStatus } from "../../../domain/incidents/current-status.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import { formatSpan } from "../../components/duration.tsx";
import { isolate } from "../../components/isolate.ts";

interface Answered {
  readonly outcome: AnswerOutcome;
  readonly incident: Incident;
}

/**
 * Returns the result of an action on several incidents, including those that someone else had already
 * handled.
 */
export function answerWords(
  answer: Answer,
  answered: readonly Answered[],
  now: number,
): { readonly kind: "done" | "trouble"; readonly text: string } {
  if (answered.length === 0) return { kind: "trouble", text: "Nothing was done: no such incident." };
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
  const who = by === null ? "" : ` by ${isolate(by)}`;
  const was = `#${incident.number} was ${status}${who} ${formatSpan(now - since)} ago`;
  return outcome === "too_late" ? `${was} and can no longer be ${statusAfter[answer]}.` : `${was} already.`;
}
