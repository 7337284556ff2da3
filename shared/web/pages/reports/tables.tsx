/** Columns of the tables of a report. */
import type { LocalTally } from "../../../domain/incidents/report.ts";
import { incidentsOf, mean, type ResponseTimes, type Tally } from "../../../domain/incidents/stats.ts";
import { severities } from "../../../domain/severity.ts";
import { formatDate, weekdays } from "../../../domain/wall-clock.ts";
import type { Column } from "../../components/data-table.tsx";
import { formatDuration } from "../../components/duration.ts";
import { SeverityMark } from "../../components/marks.tsx";
import { Name } from "../../components/name.tsx";
import { pageHref } from "../../site/routes.ts";

/** Incidents of a severity, team or service. */
export interface GroupRow {
  readonly name: string;
  readonly incidents: number;
  readonly mttaSeconds: number | null;
  readonly mttrSeconds: number | null;
}

export function severityRows({ bySeverity, answers }: Tally): GroupRow[] {
  return severities.map((name) => groupRow(name, bySeverity[name] ?? 0, answers.severity[name]));
}

/** Returns the teams or services, those with the most incidents first. */
export function groupRows(of: "team" | "service", { byTeam, byService, answers }: Tally): GroupRow[] {
  return Object.entries(of === "team" ? byTeam : byService)
    .toSorted(([a, one], [b, other]) => other - one || a.localeCompare(b))
    .map(([name, incidents]) => groupRow(name, incidents, answers[of][name]));
}

function groupRow(name: string, incidents: number, times: ResponseTimes | undefined): GroupRow {
  const { acknowledged = 0, mttaSeconds = 0, resolved = 0, mttrSeconds = 0 } = times ?? {};
  return {
    name,
    incidents,
    mttaSeconds: acknowledged === 0 ? null : mttaSeconds / acknowledged,
    mttrSeconds: resolved === 0 ? null : mttrSeconds / resolved,
  };
}

interface Figures {
  readonly incidents: number;
  readonly mttaSeconds: number | null;
  readonly mttrSeconds: number | null;
}

function figureColumns<T>(of: (row: T) => Figures): Column<T>[] {
  const seconds = (heading: string, pick: (figures: Figures) => number | null): Column<T> => ({
    heading,
    unit: "seconds",
    value: (row) => rounded(pick(of(row))),
    cell: (row) => secondsText(pick(of(row))),
  });
  return [
    { heading: "Incidents", value: (row) => of(row).incidents },
    seconds("MTTA", ({ mttaSeconds }) => mttaSeconds),
    seconds("MTTR", ({ mttrSeconds }) => mttrSeconds),
  ];
}

export const severityColumns: readonly Column<GroupRow>[] = [
  {
    heading: "Severity",
    value: ({ name }) => name,
    cell: ({ name }) => (
      <a href={pageHref("incidents", { severity: name })}>
        <SeverityMark severity={severities.find((each) => each === name) ?? "low"} />
      </a>
    ),
  },
  ...figureColumns<GroupRow>((row) => row),
];

export function groupColumns(of: "team" | "service"): readonly Column<GroupRow>[] {
  return [
    {
      heading: of === "team" ? "Team" : "Service",
      value: ({ name }) => name,
      cell: ({ name }) => (
        <a href={pageHref("incidents", { [of]: name })}>
          <Name>{name}</Name>
        </a>
      ),
    },
    ...figureColumns<GroupRow>((row) => row),
  ];
}

export const dayColumns: readonly Column<LocalTally>[] = [
  {
    heading: "Day",
    value: ({ day }) => formatDate(day),
    cell: ({ day }) => <time>{formatDate(day)}</time>,
  },
  ...figureColumns<LocalTally>(({ tally }) => ({
    incidents: incidentsOf(tally),
    mttaSeconds: mean(tally.mttaSeconds),
    mttrSeconds: mean(tally.mttrSeconds),
  })),
];

export function secondsText(seconds: number | null): string {
  return seconds === null ? "–" : formatDuration(seconds * 1_000);
}

function rounded(value: number | null): number | null {
  return value === null ? null : Math.round(value);
}

interface HourRow {
  readonly weekday: string;
  readonly hour: number;
  readonly incidents: number;
}

/** Incidents by weekday and hour, as a file. */
export const hourColumns: readonly Column<HourRow>[] = [
  { heading: "Weekday", value: ({ weekday }) => weekday },
  { heading: "Hour", value: ({ hour }) => hour },
  { heading: "Incidents", value: ({ incidents }) => incidents },
];

export function hourRows(week: readonly (readonly number[])[]): HourRow[] {
  return weekdays.flatMap((weekday, day) =>
    (week[day] ?? []).map((incidents, hour) => ({ weekday, hour, incidents })),
  );
}
