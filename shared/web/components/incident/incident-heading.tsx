import type { PropsWithChildren } from "hono/jsx";
import { currentStatus } from "../../../domain/incidents/current-status.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import { waitingText } from "../../../domain/incidents/waiting.ts";
import { By } from "../by.tsx";
import { SeverityMark } from "../marks.tsx";
import { Age, Ago } from "../time.tsx";
import { shortTitle } from "./incident-rows.tsx";
import { IncidentStatusMark } from "./incident-status.tsx";

/** Titles that may not fit into the three lines of the heading. */
const longFrom = 120;

interface HeadingProps {
  readonly incident: Incident;
  readonly now: number;
}

/** Title and status of an incident. `children` name its service and team. */
export function IncidentHeading({ incident, now, children }: PropsWithChildren<HeadingProps>) {
  const title = shortTitle(incident);
  const { status, since, by } = currentStatus(incident);
  const waiting = waitingText(incident, now);
  return (
    <header class="incident-heading">
      <h1 class="incident-title">
        <span class="number">#{incident.number}</span> <bdi>{title}</bdi>
      </h1>
      {title.length > longFrom && (
        <details class="full-title" id="full-title">
          <summary>Show full title</summary>
          <p>
            <bdi>{title}</bdi>
          </p>
        </details>
      )}
      <p class="current-status">
        <SeverityMark severity={incident.severity} /> <IncidentStatusMark incident={incident} now={now} />{" "}
        {(status !== "open" || incident.statusSince !== undefined) && (
          <span>
            <By actor={by} /> <Ago at={since} now={now} />
          </span>
        )}{" "}
        <span class="quiet">
          opened <Age at={incident.createdAt} now={now} /> ago
        </span>{" "}
        {children}
      </p>
      {waiting !== null && <p class="waiting">{waiting}.</p>}
    </header>
  );
}
