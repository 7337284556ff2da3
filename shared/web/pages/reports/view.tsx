import { useContext } from "hono/jsx";
import type { LocalTally, Report } from "../../../domain/incidents/report.ts";
import { addTallies, incidentsOf, mean, percentile, type Tally } from "../../../domain/incidents/stats.ts";
import { count } from "../../../domain/text/count.ts";
import type { Load } from "../../../use-cases/oncall/load/read-load.ts";
import { DataTable } from "../../components/data-table.tsx";
import { FirstAlert } from "../../components/first-alert.tsx";
import { Tabs } from "../../components/navigation/tabs.tsx";
import { Moment, TimeZone } from "../../components/time.tsx";
import { listHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { roundCount, roundSeconds } from "./axis.ts";
import { DayChart } from "./day-chart.tsx";
import { HeatMap } from "./heat-map.tsx";
import { People } from "./load.tsx";
import {
  dayColumns,
  groupColumns,
  groupRows,
  secondsText,
  severityColumns,
  severityRows,
} from "./tables.tsx";

/** Number of services and teams listed. */
const listed = 20;

interface ReportsViewProps extends Viewing {
  readonly host: string;
  readonly report: Report;
  readonly load: Load;
  /** Team whose load is shown; undefined for all teams. */
  readonly team: string | undefined;
  /** Time of the report, epoch milliseconds. */
  readonly at: number;
}

/** Response times and incident counts by day, severity, team, service and hour. */
export function ReportsView(props: ReportsViewProps) {
  const { report, load, team, at, host, viewer, here } = props;
  const { days, before, week } = report;
  const all = addTallies(days.map(({ tally }) => tally));
  const chosen = String(days.length);
  const nothing = incidentsOf(all) + incidentsOf(before) === 0;
  return (
    <>
      <h1>Insights</h1>
      <Tabs
        label="Time"
        tabs={["7", "30", "90"].map((value) => ({ name: `${value} days`, value }))}
        chosen={chosen}
        href={(value) => listHref("reports", { days: value, team })}
      />
      {nothing && <FirstAlert host={host} viewing={{ viewer, here }} />}
      <Tiles days={days} all={all} before={before} />
      <p class="quiet as-of">
        By day opened (<Zone />
        ), including today. Updated <Moment at={at} />.
      </p>
      <details class="fold" id="days">
        <summary>Values by day</summary>
        <DataTable class="figures" columns={dayColumns} rows={days.toReversed()} />
      </details>
      <div class="columns">
        <div>
          <section aria-labelledby="by-severity">
            <h2 id="by-severity">By severity</h2>
            <DataTable class="figures" columns={severityColumns} rows={severityRows(all)} />
          </section>
          <People load={load} team={team} days={chosen} />
          <Groups of="team" all={all} />
          <Groups of="service" all={all} />
        </div>
        <div>
          <section aria-labelledby="hours">
            <h2 id="hours">Incidents by weekday and hour</h2>
            <HeatMap week={week} />
          </section>
        </div>
      </div>
    </>
  );
}

/** The viewer's time zone, such as `Europe/Berlin`. */
function Zone() {
  return <>{useContext(TimeZone)}</>;
}

interface TilesProps {
  readonly days: readonly LocalTally[];
  readonly all: Tally;
  readonly before: Tally;
}

function Tiles({ days, all, before }: TilesProps) {
  const [total, totalBefore] = [incidentsOf(all), incidentsOf(before)];
  const { open = 0, acknowledged = 0 } = all.byStatus;
  return (
    <div class="tiles charts">
      <section class="tile" aria-labelledby="total">
        <h2 id="total">Incidents</h2>
        <p class="figure">{total}</p>
        <p>{changeText(total, totalBefore, days.length, "more", "fewer")}</p>
        <p class="quiet">
          {open + acknowledged === 0 ? "All resolved" : `${open + acknowledged} unresolved`}
        </p>
        <DayChart
          label={`Incidents per day over ${days.length} days: ${total} in total`}
          values={days.map(({ day, tally }) => ({ day, value: incidentsOf(tally) }))}
          roundStep={roundCount}
          format={String}
        />
      </section>
      <ResponseTimeTile
        id="mtta"
        name="MTTA"
        long="Mean time to acknowledge"
        days={days}
        pick={({ mttaSeconds }) => mttaSeconds}
        all={all}
        before={before}
      />
      <ResponseTimeTile
        id="mttr"
        name="MTTR"
        long="Mean time to resolve"
        days={days}
        pick={({ mttrSeconds }) => mttrSeconds}
        all={all}
        before={before}
      />
    </div>
  );
}

interface ResponseTimeProps extends TilesProps {
  readonly id: string;
  readonly name: string;
  readonly long: string;
  readonly pick: (tally: Tally) => readonly number[];
}

function ResponseTimeTile({ id, name, long, days, pick, all, before }: ResponseTimeProps) {
  const times = pick(all);
  return (
    <section class="tile" aria-labelledby={id}>
      <h2 id={id}>
        <abbr title={long}>{name}</abbr>
      </h2>
      <p class="figure">{secondsText(mean(times))}</p>
      <p>{changeText(mean(times), mean(pick(before)), days.length, "slower", "faster")}</p>
      <p class="quiet">
        Median {secondsText(percentile(times, 50))} · 95% within {secondsText(percentile(times, 95))}
      </p>
      <DayChart
        label={`${long}, daily over ${days.length} days: ${secondsText(mean(times))} on average`}
        values={days.map(({ day, tally }) => ({ day, value: mean(pick(tally)) }))}
        roundStep={roundSeconds}
        format={secondsText}
      />
    </section>
  );
}

/** Compares a figure with that of the previous period. */
function changeText(
  value: number | null,
  before: number | null,
  days: number,
  more: string,
  less: string,
): string {
  const then = `the previous ${days} days`;
  if (before === null || before === 0) return `None in ${then}`;
  if (value === null) return `${secondsText(before)} in ${then}`;
  const percent = Math.round(((value - before) / before) * 100);
  if (percent === 0) return `Same as ${then}`;
  return `${Math.abs(percent)}% ${percent > 0 ? more : less} than ${then}`;
}

function Groups({ of, all }: { readonly of: "team" | "service"; readonly all: Tally }) {
  const rows = groupRows(of, all);
  if (rows.length === 0) return null;
  return (
    <section aria-labelledby={`by-${of}`}>
      <h2 id={`by-${of}`}>By {of}</h2>
      <DataTable class="figures" columns={groupColumns(of)} rows={rows.slice(0, listed)} />
      {rows.length > listed && (
        <p class="quiet">
          Showing the {listed} with the most incidents of {count(rows.length, of)}.
        </p>
      )}
    </section>
  );
}
