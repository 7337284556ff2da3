import type { HealthStatus } from "../../../domain/health.ts";
import { addTallies, mean, type Tally } from "../../../domain/incidents/stats.ts";
import type { OnCall } from "../../../domain/oncall/on-call.ts";
import { type Severity, severities } from "../../../domain/severity.ts";
import { formatInstant, formatMinute } from "../../../domain/time.ts";
import type { Unresolved } from "../../../use-cases/incidents/read-unresolved.ts";
import { BarChart, TrendChart } from "../../components/chart.tsx";
import { formatDuration } from "../../components/duration.ts";
import { FirstAlert } from "../../components/first-alert.tsx";
import { ActionForm } from "../../components/forms/action-form.tsx";
import { IncidentRows, RespondButtons } from "../../components/incident-rows.tsx";
import { SeverityMark } from "../../components/marks.tsx";
import { pageHref } from "../../site/routes.ts";
import type { Viewing } from "../../site/viewer.ts";

interface TeamOnCall {
  readonly team: string;
  readonly primary: OnCall;
  readonly secondary: OnCall;
}

interface HomeViewProps extends Viewing {
  readonly host: string;
  readonly unresolved: Unresolved;
  readonly teams: readonly TeamOnCall[];
  readonly moreTeams: boolean;
  readonly teamsAt: number;
  /** The last thirty days, oldest first. */
  readonly days: readonly { readonly tally: Tally }[];
  readonly trendsAt: number;
  readonly rate: { readonly perMinute: readonly number[]; readonly complete: boolean };
  readonly health: {
    readonly services: Readonly<Record<string, { readonly status: HealthStatus }>>;
    readonly dependencies: Readonly<Record<string, { readonly status: HealthStatus }>>;
  };
}

/** Open incidents, people on call, response times, alert rate and health. */
export function HomeView(props: HomeViewProps) {
  const { unresolved, now } = props;
  return (
    <>
      <h1 class="headline">
        <Headline {...unresolved} />
      </h1>
      <NotifyButton />
      <div class="columns wide-first">
        <div>
          <NeedsAttention {...props} />
          {unresolved.latest.length > 0 && <Ages unresolved={unresolved} now={now} />}
          <Rate rate={props.rate} />
        </div>
        <div>
          <OnCallNow {...props} />
          <Trends days={props.days} at={props.trendsAt} />
          <Health health={props.health} />
        </div>
      </div>
    </>
  );
}

/** Turns on browser notifications. Our script shows the button if the browser supports them. */
function NotifyButton() {
  return (
    <button
      type="button"
      id="notify"
      class="plain needs-script notify"
      data-notify
      aria-pressed="false"
      hidden
    >
      Notify me in this tab
    </button>
  );
}

function Headline({ open, acknowledged, more }: Unresolved) {
  if (open + acknowledged === 0) return <>All clear</>;
  return (
    <>
      <span class={open > 0 ? "alarm" : ""}>
        {more ? "at least " : ""}
        {open} open
      </span>
      , {acknowledged} acknowledged
    </>
  );
}

function NeedsAttention({ unresolved, days, viewer, now, here, host }: HomeViewProps) {
  const { worst } = unresolved;
  const others = totalOf(unresolved) - worst.length;
  if (worst.length === 0) {
    const none = days.every(({ tally }) => Object.keys(tally.byStatus).length === 0);
    return none ? (
      <FirstAlert host={host} viewing={{ viewer, here }} />
    ) : (
      <p class="empty">
        No open incidents. <a href={pageHref("incidents")}>View all incidents</a>
      </p>
    );
  }
  return (
    <section aria-labelledby="unresolved">
      <h2 id="unresolved">Needs attention</h2>
      <IncidentRows incidents={worst} now={now} {...(viewer.mayWrite && { form: "respond" })} />
      <div class="toolbar">
        {viewer.mayWrite && (
          <ActionForm
            action="respond-to-incidents"
            viewing={{ viewer, here }}
            id="respond"
            class="button-row"
          >
            <span class="quiet selected needs-script">
              <output data-selected>0</output> selected
            </span>
            <RespondButtons />
          </ActionForm>
        )}
        {others > 0 && <a href={pageHref("incidents", { status: "open" })}>View {others} more</a>}
      </div>
    </section>
  );
}

const minuteMs = 60_000;
const ages = [
  { name: "< 15m", below: 15 * minuteMs },
  { name: "< 1h", below: 60 * minuteMs },
  { name: "< 4h", below: 240 * minuteMs },
  { name: "< 1d", below: 1_440 * minuteMs },
  { name: "Older", below: Number.POSITIVE_INFINITY },
];

function totalOf({ open, acknowledged }: Unresolved): number {
  return open + acknowledged;
}

function Ages({ unresolved, now }: Pick<HomeViewProps, "unresolved" | "now">) {
  const { latest, more, severitiesKeptMs } = unresolved;
  const total = totalOf(unresolved);
  const counts = new Map<string, number>();
  for (const { severity, createdAt } of latest) {
    const age = ages.findIndex(({ below }) => now - createdAt < below);
    counts.set(`${severity} ${age}`, (counts.get(`${severity} ${age}`) ?? 0) + 1);
  }
  const countOf = (severity: Severity, age: number) => counts.get(`${severity} ${age}`) ?? 0;
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
          {severities.map((severity) => (
            <tr>
              <th scope="row">
                <a href={pageHref("incidents", { severity })}>
                  <SeverityMark severity={severity} />
                </a>
              </th>
              {ages.map((_, age) => (
                <td class={countOf(severity, age) === 0 ? "none" : ""}>{countOf(severity, age)}</td>
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

function OnCallNow({ teams, moreTeams, teamsAt, now, viewer }: HomeViewProps) {
  return (
    <section aria-labelledby="on-call">
      <h2 id="on-call">On call now</h2>
      {teams.length === 0 ? (
        <div class="empty">
          <p>No schedules yet. Until you create one, every page goes to the fallback address.</p>
          {viewer.mayWrite && (
            <p>
              <a href={pageHref("new-schedule")}>Create a schedule</a>
            </p>
          )}
        </div>
      ) : (
        <table class="teams">
          <thead>
            <tr>
              <th scope="col">Team</th>
              <th scope="col">Primary</th>
              <th scope="col">Until</th>
              <th scope="col">Secondary</th>
            </tr>
          </thead>
          <tbody>
            {teams.map(({ team, primary, secondary }) => (
              <tr>
                <th scope="row">
                  <a href={pageHref("team-on-call", { team })}>
                    <bdi>{team}</bdi>
                  </a>
                </th>
                <td data-name="Primary" class={primary.person ? undefined : "alarm"}>
                  {primary.person ? <bdi>{primary.person.name}</bdi> : "No one"}
                  {primary.kind === "override" && <span class="quiet"> (override)</span>}
                </td>
                <td data-name="Until">
                  {Number.isFinite(primary.end) ? (
                    <time datetime={formatInstant(primary.end)} title={formatMinute(primary.end)}>
                      {formatDuration(primary.end - now)}
                    </time>
                  ) : (
                    "–"
                  )}
                </td>
                <td data-name="Secondary">
                  {secondary.person ? <bdi>{secondary.person.name}</bdi> : <span class="quiet">No one</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {teams.length > 0 && (
        <p class="quiet">
          {moreTeams && (
            <>
              Showing the first {teams.length} teams. <a href={pageHref("on-call")}>View all</a>{" "}
            </>
          )}
          Updated {formatInstant(teamsAt).slice(11, 19)} UTC.
        </p>
      )}
    </section>
  );
}

function Trends({ days, at }: { readonly days: HomeViewProps["days"]; readonly at: number }) {
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
      <p class="quiet">By day opened (UTC). Updated {formatMinute(at).slice(11)}.</p>
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
  readonly days: HomeViewProps["days"];
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

function Rate({ rate: { perMinute, complete } }: Pick<HomeViewProps, "rate">) {
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

function Health({ health: { services, dependencies } }: Pick<HomeViewProps, "health">) {
  return (
    <section aria-labelledby="health">
      <h2 id="health">Health</h2>
      <ul class="health">
        {[...Object.entries(services), ...Object.entries(dependencies)].map(([name, { status }]) => (
          <li class={status}>
            <span aria-hidden="true">{status === "ok" ? "✓" : "✗"}</span> {name}{" "}
            <span class="quiet">{status}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
