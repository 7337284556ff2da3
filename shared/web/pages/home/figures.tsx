/** Figures of the platform: unresolved incidents by age, response times, and the rate of alerts. */
import { addTallies, mean, type Tally } from "../../../domain/incidents/stats.ts";
import { minuteMs } from "../../../domain/time-units.ts";
import type { AlertRate } from "../../../use-cases/alerts/read-alert-rate.ts";
import type { Unresolved } from "../../../use-cases/incidents/read-unresolved.ts";
import { BarChart, TrendChart } from "../../components/chart.tsx";
import { formatDuration } from "../../components/duration.ts";
import { SeverityMark } from "../../components/marks.tsx";
import { Moment } from "../../components/time.tsx";
import { pageHref } from "../../site/routes.ts";
import { ageRows, ages } from "./ages.ts";

export function Ages({ unresolved, now }: { readonly unresolved: Unresolved; readonly now: number }) {
  const { latest, more, severitiesKeptMs } = unresolved;
  const total = unresolved.open + unresolved.acknowledged;
  return (
    <section aria-labelledby="ages">
      <h2 id="ages">Unresolved by severity and age</h2>
      <table class="matrix">
        <thead>
          <tr>
            <th scope="col">
              <span class="hidden">Severity</span>
            </th>
            {ages.map(({ name }) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ageRows(latest, now).map(({ severity, counts }) => (
            <tr>
              <th scope="row">
                <a href={pageHref("incidents", { severity })}>
                  <SeverityMark severity={severity} />
                </a>
              </th>
              {counts.map((count) => (
                <td class={count === 0 ? "none" : ""}>{count}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <p class="quiet">
        {latest.length < total && (
          <>
            The latest {latest.length} of {more ? "at least " : ""}
            {total} incidents. "Needs attention" lists the worst of these.{" "}
          </>
        )}
        Severities are at most {formatDuration(severitiesKeptMs)} old.
      </p>
    </section>
  );
}

/** The last thirty days, oldest first. */
type Days = readonly { readonly tally: Tally }[];

export function Trends({ days, at }: { readonly days: Days; readonly at: number }) {
  return (
    <section aria-labelledby="trends">
      <h2 id="trends">Response times</h2>
      <div class="tiles">
        <Trend
          name="MTTA"
          long="Mean time to acknowledge"
          days={days}
          pick={({ mttaSeconds }) => mttaSeconds}
        />
        <Trend name="MTTR" long="Mean time to resolve" days={days} pick={({ mttrSeconds }) => mttrSeconds} />
      </div>
      <p class="quiet">
        By day opened (UTC). Updated <Moment at={at} />.
      </p>
    </section>
  );
}

function Trend({
  name,
  long,
  days,
  pick,
}: {
  readonly name: string;
  readonly long: string;
  readonly days: Days;
  readonly pick: (tally: Tally) => readonly number[];
}) {
  const meanOf = (last: number) => mean(pick(addTallies(days.slice(-last).map(({ tally }) => tally))));
  const [week, month] = [meanOf(7), meanOf(30)].map((value) =>
    value === null ? "–" : formatDuration(value * 1_000),
  );
  return (
    <div class="tile">
      <h3>
        <abbr title={long}>{name}</abbr>
      </h3>
      <p class="figure">
        {week} <span class="quiet">7 days</span>
      </p>
      <p class="quiet">30 days: {month}</p>
      <TrendChart
        label={`${long}, daily over 30 days: ${month} on average`}
        values={days.map(({ tally }) => mean(pick(tally)))}
      />
    </div>
  );
}

export function Rate({ rate: { perMinute, complete } }: { readonly rate: AlertRate }) {
  const total = perMinute.reduce((sum, count) => sum + count, 0);
  const average = Math.round((total / perMinute.length) * 10) / 10;
  const span = complete ? "the last hour" : `the last ${formatDuration(perMinute.length * minuteMs)}`;
  const hour = [...Array.from({ length: 60 - perMinute.length }, () => null), ...perMinute];
  return (
    <section aria-labelledby="rate">
      <h2 id="rate">Alerts per minute</h2>
      <p>
        <b>{average}</b>{" "}
        <span class="quiet">
          {complete ? `average of ${span}` : `or more, based on the latest 200 alerts, received in ${span}`}
        </span>
      </p>
      <BarChart label={`Alerts per minute in ${span}: ${total} in total`} values={hour} />
    </section>
  );
}
