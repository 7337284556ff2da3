import { type AlertOutcome, alertOutcomes, type RecordedAlert } from "../../../domain/alerts/alert.ts";
import { type Severity, severities } from "../../../domain/severity.ts";
import { count } from "../../../domain/text/count.ts";
import type { AlertingCounts } from "../../../use-cases/alerts/read-alerting-counts.ts";
import { AlertTabs } from "../../components/alerts/alert-tabs.tsx";
import { capitalize } from "../../components/capitalize.ts";
import { FirstAlert } from "../../components/first-alert.tsx";
import { plainField } from "../../components/forms/field-state.ts";
import { anyOption, optionsOf, SelectField, TextField } from "../../components/forms/fields.tsx";
import { isFiltered } from "../../components/is-filtered.ts";
import { SeverityMark } from "../../components/marks.tsx";
import { PagesNav } from "../../components/navigation/pages-nav.tsx";
import { Tabs } from "../../components/navigation/tabs.tsx";
import { Age, Moment, Second } from "../../components/time.tsx";
import { listHref, pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { outcomeNameOf, outcomeNames } from "./outcome-labels.ts";

interface Filter {
  readonly text?: string | undefined;
  readonly outcome?: AlertOutcome | undefined;
  readonly severity?: Severity | undefined;
  readonly service?: string | undefined;
  readonly incidentId?: string | undefined;
}

interface AlertsViewProps extends Viewing {
  readonly host: string;
  readonly counts: AlertingCounts;
  readonly filter: Filter;
  readonly alerts: readonly RecordedAlert[];
  /** True on the page with the newest. */
  readonly first: boolean;
  /** Cursor of the next page. */
  readonly next: string | null;
  /** Time of the oldest alert searched; null if the page is full or everything was searched. */
  readonly searchedTo: number | null;
}

/** Received alerts, newest first. */
export function AlertsView(props: AlertsViewProps) {
  const { alerts, counts, filter, first, next, searchedTo, now, host } = props;
  const filtered = isFiltered(filter);
  return (
    <>
      <AlertTabs page="alerts" counts={counts} />
      <h1>Alerts</h1>
      <Filters filter={filter} />
      {alerts.length > 0 && (
        <ol class="incidents">
          {groupIdentical(alerts).map((group) => (
            <AlertRow group={group} now={now} />
          ))}
        </ol>
      )}
      {alerts.length === 0 && !filtered && first && <FirstAlert host={host} viewing={props} />}
      {alerts.length === 0 && (filtered || !first) && searchedTo === null && (
        <p class="empty">
          {first ? "No alerts match these filters." : "No older alerts match these filters."}{" "}
          <a href={pageHref("alerts")}>Clear filters</a>
        </p>
      )}
      {searchedTo !== null && <SearchedTo at={searchedTo} found={alerts.length} />}
      <PagesNav newest={first ? null : hrefOf(filter)} older={next && hrefOf(filter, next)} />
    </>
  );
}

/** Says how far back a search went: one reads about a thousand alerts. */
function SearchedTo({ at, found }: { readonly at: number; readonly found: number }) {
  return (
    <p class={found === 0 ? "empty" : "searched quiet"}>
      {found === 0 ? "No matches in" : "Searched"} the last 1,000 alerts or so, back to <Moment at={at} />.
      Choose “Older” to search older ones.
    </p>
  );
}

interface Group {
  readonly newest: RecordedAlert;
  /** Identical alerts directly before it, newest first. */
  readonly alike: readonly RecordedAlert[];
}

/** Groups consecutive identical alerts. */
function groupIdentical(alerts: readonly RecordedAlert[]): Group[] {
  const groups: { newest: RecordedAlert; alike: RecordedAlert[] }[] = [];
  for (const alert of alerts) {
    const last = groups.at(-1);
    if (last && sameness(last.newest) === sameness(alert)) last.alike.push(alert);
    else groups.push({ newest: alert, alike: [] });
  }
  return groups;
}

function sameness(alert: RecordedAlert): string {
  const { service, severity, message, source, action, incidentId } = alert;
  return JSON.stringify([service, severity, message, source, action, outcomeNameOf(alert), incidentId]);
}

function AlertRow({ group: { newest, alike }, now }: { readonly group: Group; readonly now: number }) {
  const { id, message, severity, service, source, action, incidentId, receivedAt } = newest;
  return (
    <li id={id} class={`row calm ${severity}`} data-row>
      <a class="title" href={pageHref("alert", { id })}>
        <bdi>{message}</bdi>
      </a>
      <p class="about">
        <SeverityMark severity={severity} />
        {action !== "trigger" && <b>{action}</b>}
        <span>
          <bdi>{service}</bdi> <span class="quiet">from</span> <bdi>{source}</bdi>
        </span>
        {incidentId === null ? (
          <span class="quiet">{outcomeNameOf(newest)}</span>
        ) : (
          <a href={pageHref("incident", { id: incidentId })}>{outcomeNameOf(newest)}</a>
        )}
      </p>
      <p class="age">
        <Age at={receivedAt} now={now} />
      </p>
      {alike.length > 0 && <Alike alerts={alike} />}
    </li>
  );
}

function Alike({ alerts }: { readonly alerts: readonly RecordedAlert[] }) {
  const oldest = alerts.at(-1);
  return (
    <details class="alike" id={oldest && `alike-${oldest.id}`}>
      <summary>and {count(alerts.length, "identical alert")} before it</summary>
      <ol>
        {alerts.map(({ id, receivedAt }) => (
          <li>
            <a href={pageHref("alert", { id })}>
              <Second at={receivedAt} />
            </a>
          </li>
        ))}
      </ol>
    </details>
  );
}

function Filters({ filter }: { readonly filter: Filter }) {
  const { outcome, severity, service, text, incidentId } = filter;
  const outcomes = alertOutcomes.map((value) => ({ name: capitalize(outcomeNames[value]), value }));
  return (
    <>
      <Tabs
        label="Outcome"
        tabs={[{ name: "All", value: undefined }, ...outcomes]}
        chosen={outcome}
        href={(outcome) => hrefOf({ ...filter, outcome })}
      />
      {incidentId !== undefined && (
        <p class="only">
          Showing alerts of <a href={pageHref("incident", { id: incidentId })}>one incident</a>.{" "}
          <a href={hrefOf({ ...filter, incidentId: undefined })}>Show all alerts</a>
        </p>
      )}
      <form method="get" action={pageHref("alerts")} class="filters">
        {outcome !== undefined && <input type="hidden" name="outcome" value={outcome} />}
        {incidentId !== undefined && <input type="hidden" name="incident_id" value={incidentId} />}
        <TextField
          field={plainField("text")}
          label="Message contains"
          type="search"
          value={text}
          aria-keyshortcuts="/"
        />
        <button type="submit">Search</button>
        <details id="filters" open={severity !== undefined || service !== undefined}>
          <summary>More filters</summary>
          <div class="fields">
            <SelectField
              field={plainField("severity")}
              label="Severity"
              value={severity}
              options={[anyOption, ...optionsOf(severities)]}
            />
            <TextField field={plainField("service")} label="Service" value={service} />
          </div>
        </details>
      </form>
    </>
  );
}

function hrefOf({ incidentId, ...filter }: Filter, cursor?: string): string {
  return listHref("alerts", { ...filter, incident_id: incidentId, cursor });
}
