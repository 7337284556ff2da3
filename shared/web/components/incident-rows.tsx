import type { Incident } from "../../domain/incidents/incident.ts";
import { snoozeChoices, snoozeNames } from "../../domain/incidents/snooze-choice.ts";
import { waitingText } from "../../domain/incidents/waiting.ts";
import { pageHref } from "../site/routes.ts";
import { capitalize } from "./capitalize.ts";
import { count } from "./count.ts";
import { IncidentStatusMark } from "./incident/incident-status.tsx";
import { SeverityMark } from "./marks.tsx";
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
  const { id, number, service, team, severity, createdAt, status, assignedTo, alertCount } = incident;
  const title = shortTitle(incident);
  const waiting = waitingText(incident, now);
  return (
    <li id={id} class={`row incident-row ${severity} ${status}`} data-row>
      {form !== undefined && status !== "resolved" && (
        <label class="pick">
          <input type="checkbox" name="incidents" value={id} form={form} />
          <span class="hidden">Select #{number}</span>
        </label>
      )}
      <SeverityMark severity={severity} />
      <a class="title" href={pageHref("incident", { id: number })} title={title}>
        <span class="number">#{number}</span> <bdi>{title}</bdi>
      </a>
      <p class="about">
        <IncidentStatusMark incident={incident} now={now} short />
        <bdi class="cell service">{service}</bdi>
        <bdi class="cell team">{team}</bdi>
        <bdi class="cell assignee">{assignedTo?.name}</bdi>
        <span class="cell alerts" title={count(alertCount, "alert")}>
          {alertCount > 1 && `×${alertCount}`}
        </span>
        {waiting !== null && <span class="waiting">{waiting}</span>}
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
      <span class="snooze-selected">
        <label for="snooze-for" class="hidden">
          Snooze for
        </label>
        <select id="snooze-for" name="for">
          {snoozeChoices.map((choice) => (
            <option value={choice} selected={choice === "1h"}>
              {capitalize(snoozeNames[choice])}
            </option>
          ))}
        </select>
        <button type="submit" name="response" value="snooze">
          Snooze
        </button>
      </span>
    </>
  );
}
