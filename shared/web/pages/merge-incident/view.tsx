import type { Incident } from "../../../domain/incidents/incident.ts";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { plainField } from "../../components/forms/field-state.ts";
import { TextField } from "../../components/forms/fields.tsx";
import { IncidentCrumbs } from "../../components/incident/incident-crumbs.tsx";
import { shortTitle } from "../../components/incident/incident-rows.tsx";
import { SeverityMark, StatusMark } from "../../components/marks.tsx";
import { Name } from "../../components/name.tsx";
import { Ago } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";

interface MergeIncidentViewProps extends Viewing {
  readonly incident: Incident;
  readonly q: string;
  /** Unresolved incidents that it can be merged into. */
  readonly found: readonly Incident[];
  /** True if there are older ones, which were not searched. */
  readonly olderExist: boolean;
}

/** The search for the incident that an incident is merged into. */
export function MergeIncidentView(props: MergeIncidentViewProps) {
  const { incident, q } = props;
  return (
    <>
      <IncidentCrumbs incident={incident} />
      <h1>Merge #{incident.number}</h1>
      <p class="lead">
        <Name>{shortTitle(incident)}</Name>
      </p>
      {incident.mergedInto === undefined ? (
        <>
          <p class="lead">
            This incident is resolved and stops paging. Its alerts, including later ones, belong to the other
            incident. A merge cannot be undone.
          </p>
          <search>
            <form method="get" class="filters">
              <TextField
                field={plainField("q")}
                label="Number, title, service or team"
                value={q}
                type="search"
              />
              <button type="submit">Search incidents</button>
            </form>
          </search>
          <Found {...props} />
        </>
      ) : (
        <p class="quiet">It was merged into another incident.</p>
      )}
    </>
  );
}

function Found({ incident, q, found, olderExist, ...viewing }: MergeIncidentViewProps) {
  if (found.length === 0)
    return (
      <p class="quiet">
        No {q === "" ? "other " : ""}unresolved incident{q !== "" && " matches"}.{" "}
        <a href={pageHref("incident", { id: incident.number })}>Back to #{incident.number}</a>
      </p>
    );
  return (
    <>
      <ActionForm action="merge-incident" params={{ id: incident.number }} viewing={viewing}>
        <ul class="merge-targets">
          {found.map((other) => (
            <li>
              <button type="submit" name="into" value={other.id}>
                Merge into #{other.number}
              </button>
              <SeverityMark severity={other.severity} />
              <a class="title" href={pageHref("incident", { id: other.number })}>
                <bdi>{shortTitle(other)}</bdi>
              </a>
              <span class="quiet">
                <StatusMark status={other.status} /> <bdi>{other.service}</bdi> · <bdi>{other.team}</bdi> ·{" "}
                <Ago at={other.createdAt} now={viewing.now} />
              </span>
            </li>
          ))}
        </ul>
      </ActionForm>
      {olderExist && <p class="quiet">Only the latest unresolved incidents were searched.</p>}
    </>
  );
}
