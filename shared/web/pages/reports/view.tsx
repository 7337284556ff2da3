import type { PropsWithChildren } from "hono/jsx";
import {
  addTallies,
  type DailyTally,
  incidentsOf,
  mean,
  percentile,
  type ResponseTimes,
  type Tally,
  weekOf,
} from "../../../domain/incidents/stats.ts";
import { severities } from "../../../domain/severity.ts";
import { formatInstant } from "../../../domain/time.ts";
import { BarChart, TrendChart } from "../../components/chart.tsx";
import { count } from "../../components/count.ts";
import { formatDuration } from "../../components/duration.ts";
import { FirstAlert } from "../../components/first-alert.tsx";
import { SeverityMark } from "../../components/marks.tsx";
import { Tabs } from "../../components/tabs.tsx";
import { Moment } from "../../components/time.tsx";
import { type PageName, pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";
import { HeatMap } from "./heat-map.tsx";

/** Number of services and teams listed. */
const listed = 20;

interface ReportsViewProps extends Viewing {
  readonly host: string;
  readonly report: { readonly days: readonly DailyTally[]; readonly before: Tally };
  /** Time of the report, epoch milliseconds. */
  readonly at: number;
}

/** Response times and incident counts by severity, team, service and hour. */
export function ReportsView({ report: { days, before }, at, host, viewer, here }: ReportsViewProps) {
  const all = addTallies(days.map(({ tally }) => tally));
  const chosen = String(days.length);
  const nothing = incidentsOf(all) + incidentsOf(before) === 0;
  return (
    <>
      <h1>Metrics</h1>
      <Tabs
        label="Time"
        tabs={["7", "30", "90"].map((value) => ({ name: `${value} days`, value }))}
        chosen={chosen}
        href={(value) => pageHref("reports", { days: value ?? "" })}
      />
      {nothing && <FirstAlert host={host} viewing={{ viewer, here }} />}
      <Tiles days={days} all={all} before={before} />
      <p class="quiet as-of">
        By day opened (UTC), including today. Updated <Moment at={at} />.
      </p>
      <div class="columns">
        <div>
          <Severities all={all} />
          <Groups name="Team" filter="team" counts={all.byTeam} answers={all.answers.team} />
          <Groups name="Service" filter="service" counts={all.byService} answers={all.answers.service} />
        </div>
        <div>
          <section aria-labelledby="hours">
            <h2 id="hours">Incidents by weekday and hour</h2>
            <HeatMap week={weekOf(days)} />
          </section>
        </div>
      </div>
      <Days days={days} />
    </>
  );
}

interface TilesProps {
  readonly days: readonly DailyTally[];
  readonly all: Tally;
  readonly before: Tally;
}

function Tiles({ days, all, before }: TilesProps) {
  const [total, totalBefore] = [incidentsOf(all), incidentsOf(before)];
  const { open = 0, acknowledged = 0 } = all.byStatus;
  return (
    <div class="tiles">
      <section class="tile" aria-labelledby="total">
        <h2 id="total">Incidents</h2>
        <p class="figure">{total}</p>
        <p>{changeText(total, totalBefore, days.length, "more", "fewer")}</p>
        <p class="quiet">
          {open + acknowledged === 0 ? "All resolved" : `${open + acknowledged} unresolved`}
        </p>
        <BarChart
          label={`Incidents per day over ${days.length} days: ${total} in total`}
          values={days.map(({ tally }) => incidentsOf(tally))}
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
      <TrendChart
        label={`${long}, daily over ${days.length} days: ${secondsText(mean(times))} on average`}
        values={days.map(({ tally }) => mean(pick(tally)))}
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

function secondsText(seconds: number | null): string {
  return seconds === null ? "–" : formatDuration(seconds * 1_000);
}

function Severities({ all }: { readonly all: Tally }) {
  return (
    <section aria-labelledby="by-severity">
      <h2 id="by-severity">By severity</h2>
      <table class="figures">
        <Heads of="Severity" />
        <tbody>
          {severities.map((severity) => (
            <Line incidents={all.bySeverity[severity] ?? 0} sums={all.answers.severity[severity]}>
              <a href={pageHref("incidents", { severity })}>
                <SeverityMark severity={severity} />
              </a>
            </Line>
          ))}
        </tbody>
      </table>
    </section>
  );
}

interface GroupsProps {
  readonly name: string;
  /** Filter of the incident list. */
  readonly filter: "team" | "service";
  readonly counts: Readonly<Record<string, number>>;
  readonly answers: Readonly<Record<string, ResponseTimes>>;
}

function Groups({ name, filter, counts, answers }: GroupsProps) {
  const all = Object.entries(counts).toSorted(([a, one], [b, other]) => other - one || a.localeCompare(b));
  if (all.length === 0) return null;
  const id = `by-${filter}`;
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>By {filter}</h2>
      <table class="figures">
        <Heads of={name} />
        <tbody>
          {all.slice(0, listed).map(([key, incidents]) => (
            <Line incidents={incidents} sums={answers[key]}>
              <a href={pageHref("incidents" satisfies PageName, { [filter]: key })}>
                <bdi>{key}</bdi>
              </a>
            </Line>
          ))}
        </tbody>
      </table>
      {all.length > listed && (
        <p class="quiet">
          Showing the {listed} with the most incidents of {count(all.length, filter)}.
        </p>
      )}
    </section>
  );
}

function Heads({ of }: { readonly of: string }) {
  return (
    <thead>
      <tr>
        <th scope="col">{of}</th>
        <th scope="col">Incidents</th>
        <th scope="col">MTTA</th>
        <th scope="col">MTTR</th>
      </tr>
    </thead>
  );
}

interface LineProps {
  readonly incidents: number;
  /** Undefined without incidents. */
  readonly sums: ResponseTimes | undefined;
}

function Line({ incidents, sums, children }: PropsWithChildren<LineProps>) {
  const { acknowledged = 0, mttaSeconds = 0, resolved = 0, mttrSeconds = 0 } = sums ?? {};
  return (
    <tr>
      <th scope="row">{children}</th>
      <td>{incidents}</td>
      <td>{secondsText(acknowledged === 0 ? null : mttaSeconds / acknowledged)}</td>
      <td>{secondsText(resolved === 0 ? null : mttrSeconds / resolved)}</td>
    </tr>
  );
}

/** Figures of the charts as a table. */
function Days({ days }: { readonly days: readonly DailyTally[] }) {
  return (
    <details class="fold" id="days">
      <summary>View by day</summary>
      <table class="figures">
        <Heads of="Day" />
        <tbody>
          {days.toReversed().map(({ day, tally }) => (
            <tr>
              <th scope="row">
                <time>{formatInstant(day).slice(0, 10)}</time>
              </th>
              <td>{incidentsOf(tally)}</td>
              <td>{secondsText(mean(tally.mttaSeconds))}</td>
              <td>{secondsText(mean(tally.mttrSeconds))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  );
}
