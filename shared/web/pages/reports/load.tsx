import { loadOf, type PersonLoad } from "../../../domain/oncall/load.ts";
import { hourMs } from "../../../domain/time-units.ts";
import type { Load } from "../../../use-cases/oncall/load/read-load.ts";
import { type Column, DataTable } from "../../components/data-table.tsx";
import { plainField } from "../../components/forms/field-state.ts";
import { SelectField } from "../../components/forms/fields.tsx";
import { isolate } from "../../components/isolate.ts";
import { pageHref } from "../../site/routes.ts";

/** Number of people listed. The file has all of them. */
const listed = 20;

/** Load of people, on the page and as a file. */
const loadColumns: readonly Column<PersonLoad>[] = [
  { heading: "Person", value: ({ name, email }) => name ?? email, cell: (row) => <PersonName {...row} /> },
  { heading: "Pages", value: ({ pages }) => pages },
  { heading: "Nights", value: ({ nights }) => nights },
  { heading: "Weekends", value: ({ weekends }) => weekends },
  {
    heading: "On call",
    unit: "hours",
    value: ({ onCallMs }) => Math.round(onCallMs / (hourMs / 10)) / 10,
    cell: ({ onCallMs }) => `${Math.round(onCallMs / hourMs)} h`,
  },
];

/** The same with the email of each person. */
export const loadFileColumns: readonly Column<PersonLoad>[] = [
  ...loadColumns.slice(0, 1),
  { heading: "Email", value: ({ email }) => email },
  ...loadColumns.slice(1),
];

function PersonName({ name, email }: Pick<PersonLoad, "name" | "email">) {
  return (
    <a href={pageHref("notifications", { recipient: email })} title={email}>
      <bdi class="clamp">{name ?? email}</bdi>
    </a>
  );
}

interface PeopleProps {
  readonly load: Load;
  /** Team whose load is shown; undefined for all teams. */
  readonly team: string | undefined;
  readonly days: string;
}

/** Pages of each person, those at night and on weekends, and hours on call. */
export function People({ load, team, days }: PeopleProps) {
  const rows = loadOf(load, team);
  return (
    <section aria-labelledby="load">
      <h2 id="load">Load per person</h2>
      {load.teams.length > 1 && <TeamFilter load={load} team={team} days={days} />}
      {rows.length === 0 ? (
        <p class="empty">
          No one was on call or paged in this period. <a href={pageHref("on-call")}>View schedules</a>
        </p>
      ) : (
        <DataTable class="figures" columns={loadColumns} rows={rows.slice(0, listed)} />
      )}
      <p class="quiet">
        {rows.length > listed && `Showing the ${listed} with the most pages of ${rows.length} people. `}
        Nights: pages from 22:00 to 07:00 in the person's time zone. On call: hours as primary.
        {load.moreTeams && ` Hours of the first ${load.teams.length} teams only.`}
        {!load.isComplete && " Not all pages are counted yet. Reload this page in five minutes."}
      </p>
    </section>
  );
}

function TeamFilter({ load: { teams }, team, days }: PeopleProps) {
  const options = teams.map((name) => [name, isolate(name)] as const);
  const isKnown = team === undefined || teams.includes(team);
  return (
    <form method="get" action={pageHref("reports")} class="filters">
      <input type="hidden" name="days" value={days} />
      <SelectField
        field={plainField("team")}
        label="Team"
        value={team}
        options={[["", "All teams"], ...(isKnown ? [] : [[team, isolate(team)] as const]), ...options]}
      />
      <button type="submit">Show team</button>
    </form>
  );
}
