import { type Incident, type IncidentStatus, incidentStatuses } from "../../../domain/incidents/incident.ts";
import { type Severity, severities } from "../../../domain/severity.ts";
import { capitalize } from "../../components/capitalize.ts";
import { FirstAlert } from "../../components/first-alert.tsx";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { plainField } from "../../components/forms/field-state.ts";
import { anyOption, optionsOf, SelectField, TextField } from "../../components/forms/fields.tsx";
import { IncidentRows, RespondButtons } from "../../components/incident-rows.tsx";
import { PagesNav } from "../../components/pages-nav.tsx";
import { Tabs } from "../../components/tabs.tsx";
import { listHref, pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";

interface Filter {
  readonly status?: IncidentStatus | undefined;
  readonly severity?: Severity | undefined;
  readonly service?: string | undefined;
  readonly team?: string | undefined;
  readonly text?: string | undefined;
}

interface IncidentsViewProps extends Viewing {
  readonly host: string;
  readonly filter: Filter;
  readonly incidents: readonly Incident[];
  /** True on the page with the newest. */
  readonly first: boolean;
  /** Cursor of the next page. */
  readonly next: string | null;
}

/** List of incidents, with filters and actions on a selection. */
export function IncidentsView(props: IncidentsViewProps) {
  const { incidents, filter, next, first, viewer, now, host } = props;
  const filtered = Object.values(filter).some((value) => value !== undefined);
  const mayRespond = viewer.mayWrite && incidents.some(({ status }) => status !== "resolved");
  return (
    <>
      <h1>Incidents</h1>
      <Filters filter={filter} />
      {incidents.length > 0 && (
        <IncidentRows incidents={incidents} now={now} {...(mayRespond && { form: "respond" })} />
      )}
      {incidents.length === 0 &&
        (filtered || !first ? (
          <div class="empty">
            <p>
              {next === null
                ? "No incidents match these filters."
                : "No match in the 1,000 most recent incidents. Choose “Older” to search older ones."}
            </p>
            {filtered && (
              <p>
                <a href={pageHref("incidents")}>Clear filters</a>
              </p>
            )}
          </div>
        ) : (
          <FirstAlert host={host} viewing={props} />
        ))}
      <div class="toolbar">
        {mayRespond && (
          <ActionForm action="respond-to-incidents" viewing={props} id="respond" class="button-row">
            <span class="quiet selected needs-script">
              <output data-selected>0</output> selected
            </span>
            <RespondButtons />
          </ActionForm>
        )}
        <PagesNav newest={first ? null : hrefOf(filter)} older={next && hrefOf(filter, next)} />
      </div>
    </>
  );
}

/** Status as tabs, the other filters folded. */
function Filters({ filter }: { readonly filter: Filter }) {
  const { status, text, ...rest } = filter;
  return (
    <>
      <Tabs
        label="Status"
        tabs={[undefined, ...incidentStatuses].map((value) => ({
          name: value === undefined ? "All" : capitalize(value),
          value,
        }))}
        chosen={status}
        href={(status) => hrefOf({ ...filter, status })}
      />
      <form method="get" action={pageHref("incidents")} class="filters">
        {status !== undefined && <input type="hidden" name="status" value={status} />}
        <TextField
          field={plainField("text")}
          label="Title contains"
          type="search"
          value={text}
          aria-keyshortcuts="/"
        />
        <button type="submit">Search</button>
        <details id="filters" open={Object.values(rest).some((value) => value !== undefined)}>
          <summary>More filters</summary>
          <div class="fields">
            <SelectField
              field={plainField("severity")}
              label="Severity"
              value={filter.severity}
              options={[anyOption, ...optionsOf(severities)]}
            />
            <TextField field={plainField("service")} label="Service" value={filter.service} />
            <TextField field={plainField("team")} label="Team" value={filter.team} />
          </div>
        </details>
      </form>
    </>
  );
}

function hrefOf(filter: Filter, cursor?: string): string {
  return listHref("incidents", { ...filter, cursor });
}
