/** Pages of links that acknowledge or resolve: the confirmation, then the result. */

import { type Answer, type AnswerOutcome, statusAfter } from "../../../domain/incidents/answer.ts";
import { currentStatus } from "../../../domain/incidents/current-status.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import { By, IncidentFacts } from "../../components/incident-facts.tsx";
import { Moment } from "../../components/time.tsx";
import { page } from "../../site/layout.tsx";

interface Asked {
  readonly incident: Incident;
  readonly answer: Answer;
  /** Epoch milliseconds. */
  readonly now: number;
}

const verbs = { acknowledge: "Acknowledge", resolve: "Resolve" } as const;

/**
 * Asks for confirmation, or says that nothing is left to do.
 *
 * @param asked includes the actor that the action is recorded under
 */
export function confirmPage(asked: Asked & { readonly actor: string }): string {
  const { incident, answer, actor, now } = asked;
  if (incident.status === statusAfter[answer]) return answeredPage({ ...asked, outcome: "already" });
  if (incident.status === "resolved") return answeredPage({ ...asked, outcome: "too_late" });
  const heading = `${verbs[answer]} incident #${incident.number}?`;
  return page(
    heading,
    <>
      <h1>{heading}</h1>
      <IncidentFacts incident={incident} now={now} />
      <form method="post">
        <button type="submit">{verbs[answer]}</button>
      </form>
      <p class="quiet">
        Recorded as <bdi>{actor}</bdi>.
      </p>
    </>,
  );
}

/** Shows the result. */
export function answeredPage({
  incident,
  answer,
  outcome,
  now,
}: Asked & { readonly outcome: AnswerOutcome }): string {
  const { status, since, by } = currentStatus(incident);
  const heading = `Incident #${incident.number} is ${outcome === "done" ? "" : "already "}${status}`;
  return page(
    heading,
    <>
      <h1>{heading}</h1>
      <p role="status">
        {outcome === "too_late" && `It can no longer be ${statusAfter[answer]}. `}
        It was {status} <By actor={by} /> at <Moment at={since} />.
      </p>
      <IncidentFacts incident={incident} now={now} />
    </>,
  );
}
