import { currentStatus } from "../../domain/incidents/current-status.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import { pageHref } from "../site/routes.ts";
import { By } from "./incident-details.tsx";
import { SeverityMark, StatusMark } from "./marks.tsx";
import { Age } from "./time.tsx";

/** List of incidents; `form` is the ID of the form that their checkboxes belong to. */
export function IncidentRows({
  incidents,
  now,
  form,
}: {
  readonly incidents: readonly Incident[];
  readonly now: number;
  readonly form?: string;
}) {
  return (
    <ol class="incidents">
      {incidents.map((incident) => (
        <IncidentRow incident={incident} now={now} {...(form !== undefined && { form })} />
      ))}
    </ol>
  );
}

/** Returns the title without its initial severity. The current severity is shown next to it. */
export function shortTitle({ title }: Pick<Incident, "title">): string {
  return title.replace(/^\[(?:CRITICAL|HIGH|MEDIUM|LOW)\] (?=.)/, "");
}

function IncidentRow({
  incident,
  now,
  form,
}: {
  readonly incident: Incident;
  readonly now: number;
  readonly form?: string;
}) {
  const { id, number, service, team, severity, createdAt, status } = incident;
  const { since, by } = currentStatus(incident);
  return (
    <li id={id} class={`row ${severity} ${status}`} data-row>
      {form !== undefined && status !== "resolved" && (
        <label class="pick">
          <input type="checkbox" name="incidents" value={id} form={form} />
          <span class="hidden">Select #{number}</span>
        </label>
      )}
      <a class="title" href={pageHref("incident", { id: number })}>
        <span class="number">#{number}</span> <bdi>{shortTitle(incident)}</bdi>
      </a>
      <p class="about">
        <SeverityMark severity={severity} /> <StatusMark status={status} />
        {status !== "open" && (
          <span class="quiet">
            {" "}
            <By actor={by} /> <Age at={since} now={now} /> ago
          </span>
        )}{" "}
        <span>
          <bdi>{service}</bdi> · <bdi>{team}</bdi>
        </span>
      </p>
      <p class="age">
        <Age at={createdAt} now={now} />
      </p>
    </li>
  );
}

/** Buttons that act on the selected rows. */
export function RespondButtons() {
  return (
    <>
      <button type="submit" name="response" value="acknowledge" class="primary" aria-keyshortcuts="a">
        Acknowledge
      </button>
      <button type="submit" name="response" value="resolve" aria-keyshortcuts="r">
        Resolve
      </button>
    </>
  );
}
