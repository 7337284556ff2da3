import type { Incident } from "../../../domain/incidents/incident.ts";
import { involves } from "../../../domain/incidents/responders.ts";
import { snoozeChoices, snoozeNames } from "../../../domain/incidents/snooze/snooze-choice.ts";
import { waitingText } from "../../../domain/incidents/waiting.ts";
import { count } from "../../../domain/text/count.ts";
import { pageHref } from "../../site/routes.ts";
import type { Viewer, Viewing } from "../../site/viewer.ts";
import { capitalize } from "../capitalize.ts";
import { ActionForm } from "../forms/action-form.tsx";
import { SeverityMark } from "../marks.tsx";
import { Age } from "../time.tsx";
import { IncidentStatusMark } from "./incident-status.tsx";

/** List of incidents. With a viewer, those that they may acknowledge have checkboxes of the form for a selection. */
export function IncidentRows({
  incidents,
  now,
  viewer,
}: {
  readonly incidents: readonly Incident[];
  readonly now: number;
  readonly viewer?: Viewer;
}) {
  return (
    <ol class="incidents">
      {incidents.map((incident) => (
        <IncidentRow
          incident={incident}
          now={now}
          selectable={viewer !== undefined && isSelectable(incident, viewer)}
        />
      ))}
    </ol>
  );
}

/** Returns true if the viewer may acknowledge an incident: as a responder of its team, or because it involves them. */
export function isSelectable(incident: Incident, { may, email }: Viewer): boolean {
  const { status, team } = incident;
  if (status === "resolved") return false;
  return may("respond", { team }) || (status === "open" && email !== undefined && involves(incident, email));
}

/** Returns the title without its initial severity. The current severity is shown next to it. */
export function shortTitle({ title }: Pick<Incident, "title">): string {
  return title.replace(/^\[(?:CRITICAL|HIGH|MEDIUM|LOW)\] (?=.)/, "");
}

function IncidentRow({
  incident,
  now,
  selectable,
}: {
  readonly incident: Incident;
  readonly now: number;
  readonly selectable: boolean;
}) {
  const { id, number, service, team, severity, createdAt, status, assignedTo, alertCount } = incident;
  const title = shortTitle(incident);
  const waiting = waitingText(incident, now);
  return (
    <li id={id} class={`row incident-row ${severity} ${status}`} data-row>
      {selectable && (
        <label class="pick">
          <input type="checkbox" name="incidents" value={id} form={selectionForm} />
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

const selectionForm = "respond";

/** The form that acts on the selected rows. Absent if the viewer may act on none of them. */
export function RespondToSelected({
  incidents,
  viewing,
}: {
  readonly incidents: readonly Incident[];
  readonly viewing: Viewing;
}) {
  const { viewer } = viewing;
  const selectable = incidents.filter((incident) => isSelectable(incident, viewer));
  if (selectable.length === 0) return null;
  return (
    <ActionForm action="respond-to-incidents" viewing={viewing} id={selectionForm} class="button-row">
      <span class="quiet selected needs-script">
        <output data-selected>0</output> selected
      </span>
      <button type="submit" name="response" value="acknowledge" class="primary" aria-keyshortcuts="a">
        Acknowledge
      </button>
      {selectable.some(({ team }) => viewer.may("respond", { team })) && (
        <>
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
      )}
    </ActionForm>
  );
}
