/** Pages of links in messages. They work without a session. */

import { currentStatus } from "../../../domain/incidents/current-status.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import {
  type ActionOutcome,
  type IncidentAction,
  statusAfter,
} from "../../../domain/incidents/incident-action.ts";
import { By, IncidentDetails } from "../../components/incident-details.tsx";
import { Moment } from "../../components/time.tsx";
import type { Shown } from "../../site/page.ts";

interface ActionProps {
  readonly incident: Incident;
  readonly action: IncidentAction;
  /** Epoch milliseconds. */
  readonly now: number;
}

const verbs = { acknowledge: "Acknowledge", resolve: "Resolve" } as const;

/**
 * Asks for confirmation, or says that nothing is left to do.
 *
 * @param props.actor name that the action is recorded under
 */
export function confirmView(props: ActionProps & { readonly actor: string }): Shown {
  const { incident, action, actor, now } = props;
  if (incident.status === statusAfter[action]) return resultView({ ...props, outcome: "already" });
  if (incident.status === "resolved")
    return { ...resultView({ ...props, outcome: "too_late" }), status: 200 };
  const title = `${verbs[action]} incident #${incident.number}?`;
  return {
    title,
    content: (
      <>
        <h1>{title}</h1>
        <IncidentDetails incident={incident} now={now} />
        <form method="post">
          <button type="submit" class="primary">
            {verbs[action]} incident
          </button>
        </form>
        <p class="quiet">
          Recorded as <bdi>{actor}</bdi>.
        </p>
      </>
    ),
  };
}

/** Shows the result of an action. */
export function resultView({
  incident,
  action,
  outcome,
  now,
}: ActionProps & { readonly outcome: ActionOutcome }): Shown {
  const { status, since, by } = currentStatus(incident);
  const title = `Incident #${incident.number} is ${outcome === "done" ? "" : "already "}${status}`;
  return {
    title,
    status: outcome === "too_late" ? 409 : 200,
    content: (
      <>
        <h1>{title}</h1>
        <p role="status">
          {outcome === "too_late" && `It can no longer be ${statusAfter[action]}. `}
          It was {status} <By actor={by} /> at <Moment at={since} />.
        </p>
        <IncidentDetails incident={incident} now={now} />
      </>
    ),
  };
}

/** One line of an incident's timeline. */
export interface TimelineLine {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly message: string;
}

/** An incident with its latest timeline entries, newest first. */
export function incidentView({
  incident,
  timeline,
  now,
}: {
  readonly incident: Incident;
  readonly timeline: readonly TimelineLine[];
  /** Epoch milliseconds. */
  readonly now: number;
}): Shown {
  const title = `Incident #${incident.number}`;
  return {
    title,
    content: (
      <>
        <h1>{title}</h1>
        <IncidentDetails incident={incident} now={now} />
        <h2>Timeline</h2>
        <ol class="event-list">
          {timeline.map(({ at, message }) => (
            <li>
              <p class="when">
                <Moment at={at} />
              </p>
              <p>
                <bdi class="text">{message}</bdi>
              </p>
            </li>
          ))}
        </ol>
      </>
    ),
  };
}
