import type { Incident } from "../../../domain/incidents/incident.ts";
import { IncidentFacts } from "../../components/incident-facts.tsx";
import { Moment } from "../../components/time.tsx";
import { page } from "../../site/layout.tsx";

/** One entry of the incident's timeline. */
export interface StoryLine {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly message: string;
}

/** Read-only page of an incident with its latest timeline entries, newest first. */
export function incidentPage({
  incident,
  timeline,
  now,
}: {
  readonly incident: Incident;
  readonly timeline: readonly StoryLine[];
  /** Epoch milliseconds. */
  readonly now: number;
}): string {
  const heading = `Incident #${incident.number}`;
  return page(
    heading,
    <>
      <h1>{heading}</h1>
      <IncidentFacts incident={incident} now={now} />
      <h2>Latest</h2>
      <ol>
        {timeline.map(({ at, message }) => (
          <li>
            <Moment at={at} />
            <bdi>{message}</bdi>
          </li>
        ))}
      </ol>
    </>,
  );
}
