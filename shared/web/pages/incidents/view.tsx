import { type Incident, incidentStatuses } from "../../../domain/incidents/incident.ts";
import { urgencies } from "../../../domain/incidents/urgency-level.ts";
import { severities } from "../../../domain/severity.ts";
import { count } from "../../../domain/text/count.ts";
import type { Unresolved } from "../../../use-cases/incidents/read-unresolved.ts";
import { capitalize } from "../../components/capitalize.ts";
import { FirstAlert } from "../../components/first-alert.tsx";
import { plainField } from "../../components/forms/field-state.ts";
import { anyOption, optionsOf, SelectField, TextField } from "../../components/forms/fields.tsx";
import { IncidentRows, isSelectable, RespondToSelected } from "../../components/incident/incident-rows.tsx";
import { isFiltered } from "../../components/is-filtered.ts";
import { PagesNav } from "../../components/navigation/pages-nav.tsx";
import { Tabs } from "../../components/navigation/tabs.tsx";
import { listHref, pageHref } from "../../site/routes.ts";
import type { Viewer, Viewing } from "../../site/viewer.ts";
import type { IncidentsChoice } from "./choice.ts";
import { groupings, type IncidentGroup, sortings } from "./order.ts";
import type { SavedViews } from "./saved-views.ts";
import { SavedViewLinks } from "./saved-views-links.tsx";
import type { TabCounts } from "./tab-counts.ts";

/** One page of all incidents, or of those of a status. */
interface ListedIncidents {
  readonly incidents: readonly Incident[];
  /** True on the page with the newest. */
  readonly first: boolean;
  /** Cursor of the next page. */
  readonly next: string | null;
}

interface UnresolvedIncidents extends Pick<Unresolved, "latest" | "olderExist"> {
  readonly groups: readonly IncidentGroup[];
  /** True if no incident exists. */
  readonly isNew: boolean;
}

interface IncidentsViewProps extends Viewing {
  readonly host: string;
  readonly choice: IncidentsChoice;
  readonly views: SavedViews;
  readonly counts: TabCounts;
  readonly unresolved?: UnresolvedIncidents;
  readonly list?: ListedIncidents;
}

/** List of incidents, with filters and actions on a selection. */
export function IncidentsView(props: IncidentsViewProps) {
  const { choice, views, counts, unresolved, list, viewer } = props;
  const shown = list?.incidents ?? unresolved?.groups.flatMap(({ incidents }) => incidents) ?? [];
  const rows = { now: props.now, viewer };
  return (
    <>
      <h1>Incidents</h1>
      <StatusTabs choice={choice} counts={counts} />
      <SavedViewLinks
        views={views}
        query={listHref("incidents", choice).split("?")[1] ?? ""}
        viewing={props}
      />
      <Filters choice={choice} />
      {shown.some((incident) => isSelectable(incident, viewer)) && (
        <label class="check needs-script select-all">
          <input type="checkbox" data-select-all /> Select all
        </label>
      )}
      {unresolved?.groups.map((group) => (
        <Group group={group} rows={rows} />
      ))}
      {list && list.incidents.length > 0 && <IncidentRows incidents={list.incidents} {...rows} />}
      {shown.length === 0 && <Empty {...props} />}
      <div class="toolbar">
        <RespondToSelected incidents={shown} viewing={props} />
        {unresolved && <Rest unresolved={unresolved} shown={shown.length} />}
        {list && (
          <PagesNav
            newest={list.first ? null : listHref("incidents", choice)}
            older={list.next && listHref("incidents", { ...choice, cursor: list.next })}
          />
        )}
      </div>
    </>
  );
}

function StatusTabs({ choice, counts }: Pick<IncidentsViewProps, "choice" | "counts">) {
  const numbers: Readonly<Record<string, string | undefined>> = { ...counts };
  return (
    <Tabs
      label="Status"
      tabs={[undefined, ...incidentStatuses, "all" as const].map((value) => ({
        name: capitalize(value ?? "unresolved"),
        value,
        count: numbers[value ?? "unresolved"],
      }))}
      chosen={choice.status}
      href={(status) => listHref("incidents", { ...choice, status })}
    />
  );
}

function Group({
  group: { name, incidents, total },
  rows,
}: {
  readonly group: IncidentGroup;
  readonly rows: { readonly now: number; readonly viewer: Viewer };
}) {
  const isSeverity = severities.some((severity) => severity === name);
  return (
    <section class="incident-group" aria-label={`${name}: ${count(total, "incident")}`}>
      <h2>
        <bdi>{isSeverity ? capitalize(name) : name}</bdi> <span class="count">{total}</span>
      </h2>
      <IncidentRows incidents={incidents} {...rows} />
    </section>
  );
}

/** Shows the number of hidden incidents. */
function Rest({
  unresolved: { latest, olderExist },
  shown,
}: {
  readonly unresolved: UnresolvedIncidents;
  readonly shown: number;
}) {
  const hidden = latest.length - shown;
  if (hidden <= 0 && !olderExist) return null;
  return (
    <p class="quiet">
      {hidden > 0 && `${count(hidden, "matching incident")} not shown. Filter the list to see more. `}
      {olderExist && (
        <>
          Only the latest unresolved incidents are grouped.{" "}
          <a href={pageHref("incidents", { status: "open" })}>List all open incidents</a>
        </>
      )}
    </p>
  );
}

function Empty(props: IncidentsViewProps) {
  const { status, group, sort, ...filter } = props.choice;
  const filtered = isFiltered(filter);
  if (props.unresolved?.isNew) return <FirstAlert host={props.host} viewing={props} />;
  return (
    <div class="empty">
      <p>
        {props.list?.next
          ? "No match in the 1,000 most recent incidents. Choose “Older” to search older ones."
          : filtered
            ? "No incidents match these filters."
            : status === undefined
              ? "All clear. No incident is open or acknowledged."
              : "No incidents."}
      </p>
      <p>
        {filtered ? (
          <a href={listHref("incidents", { status, group, sort })}>Clear filters</a>
        ) : (
          status !== "all" && <a href={pageHref("incidents", { status: "all" })}>View all incidents</a>
        )}
      </p>
    </div>
  );
}

/** A search, and folded filters. */
function Filters({ choice }: { readonly choice: IncidentsChoice }) {
  const { status, text, severity, urgency, service, team, assigned, group, sort } = choice;
  const isOpen = [severity, urgency, service, team, assigned, group, sort].some(
    (value) => value !== undefined,
  );
  return (
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
      <details id="filters" open={isOpen}>
        <summary>Filters and order</summary>
        <div class="fields">
          <SelectField
            field={plainField("severity")}
            label="Severity"
            value={severity}
            options={[anyOption, ...optionsOf(severities)]}
          />
          <SelectField
            field={plainField("urgency")}
            label="Urgency"
            value={urgency}
            options={[anyOption, ...optionsOf(urgencies)]}
          />
          <TextField field={plainField("service")} label="Service" value={service} />
          <TextField field={plainField("team")} label="Team" value={team} />
          {status === undefined && (
            <>
              <SelectField
                field={plainField("assigned")}
                label="Assigned to"
                value={assigned}
                options={[
                  ["", "Anyone"],
                  ["me", "Me"],
                ]}
              />
              <SelectField
                field={plainField("group")}
                label="Group by"
                value={group ?? "severity"}
                options={optionsOf(groupings)}
              />
              <SelectField
                field={plainField("sort")}
                label="Sort by"
                value={sort ?? "newest"}
                options={optionsOf(sortings, (sorting) =>
                  sorting === "alerts" ? "Most alerts" : capitalize(sorting),
                )}
              />
            </>
          )}
        </div>
      </details>
    </form>
  );
}
