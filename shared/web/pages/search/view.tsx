import type { Child } from "hono/jsx";
import type { User } from "../../../domain/access/contact.ts";
import type { Incident } from "../../../domain/incidents/incident.ts";
import { plainField } from "../../components/forms/field-state.ts";
import { TextField } from "../../components/forms/fields.tsx";
import { shortTitle } from "../../components/incident/incident-rows.tsx";
import { SeverityMark, StatusMark } from "../../components/marks.tsx";
import { Name } from "../../components/name.tsx";
import { listHref, pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";

interface Found {
  readonly incidents: readonly Incident[];
  readonly services: readonly string[];
  readonly teams: readonly string[];
  readonly people: readonly Pick<User, "name" | "email">[];
}

interface SearchViewProps extends Viewing {
  readonly q: string;
  /** Null before a search. */
  readonly found: Found | null;
}

/** The search of everything, and what it found. Our script shows the results in the dialog of every page. */
export function SearchView({ q, found }: SearchViewProps) {
  return (
    <>
      <h1>Search</h1>
      <search>
        <form method="get" class="filters">
          <TextField
            field={plainField("q")}
            label="Incident number or title, service, team or person"
            value={q}
            type="search"
          />
          <button type="submit">Search</button>
        </form>
      </search>
      <div id="found">{found && <Results q={q} {...found} />}</div>
    </>
  );
}

function Results({ q, incidents, services, teams, people }: Found & { readonly q: string }) {
  const none = [incidents, services, teams, people].every(({ length }) => length === 0);
  const all = listHref("incidents", { status: "all", text: q });
  return (
    <>
      {none && (
        <p class="quiet">
          Nothing found among the latest incidents, services, teams and people for <bdi>{q}</bdi>.
        </p>
      )}
      <Kind name="Incidents" results={incidents}>
        {(incident) => (
          <a href={pageHref("incident", { id: incident.number })}>
            <SeverityMark severity={incident.severity} /> <span class="number">#{incident.number}</span>
            <Name>{shortTitle(incident)}</Name>
            <StatusMark status={incident.status} />
          </a>
        )}
      </Kind>
      <Kind name="Services" results={services}>
        {(service) => (
          <a href={pageHref("service", { service })}>
            <Name>{service}</Name>
          </a>
        )}
      </Kind>
      <Kind name="Teams" results={teams}>
        {(team) => (
          <a href={pageHref("team-on-call", { team })}>
            <Name>{team}</Name>
          </a>
        )}
      </Kind>
      <Kind name="People" results={people}>
        {({ name, email }) => (
          <a href={pageHref("user", { email })}>
            <Name>{name}</Name> <Name>{email}</Name>
          </a>
        )}
      </Kind>
      <p>
        <a href={all}>Search the titles of all incidents</a>
      </p>
    </>
  );
}

function Kind<T>({
  name,
  results,
  children,
}: {
  readonly name: string;
  readonly results: readonly T[];
  readonly children: (result: T) => Child;
}) {
  if (results.length === 0) return null;
  return (
    <section>
      <h2>{name}</h2>
      <ul class="results">
        {results.map((result) => (
          <li>{children(result)}</li>
        ))}
      </ul>
    </section>
  );
}
