import type { Incident } from "../domain/incidents/incident.ts";
import { IncidentFacts } from "./incident-facts.tsx";
import { page } from "./layout.tsx";
import { Moment } from "./moment.tsx";

/** One line of the incident's story. */
export interface StoryLine {
  /** Epoch milliseconds. */
  readonly at: number;
  readonly message: string;
}

/** An incident to look at, with the latest of its story, newest first. */
export function incidentPage({
  incident,
  story,
  now,
}: {
  readonly incident: Incident;
  readonly story: readonly StoryLine[];
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
        {story.map(({ at, message }) => (
          <li>
            <Moment at={at} />
            <bdi>{message}</bdi>
          </li>
        ))}
      </ol>
    </>,
  );
}
