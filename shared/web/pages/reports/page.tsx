import * as z from "zod";
import { type Report, reportOf } from "../../../domain/incidents/report.ts";
import { addTallies, type OpenedTally, type Tally } from "../../../domain/incidents/stats.ts";
import type { Column } from "../../components/data-table.tsx";
import { allRows, downloadOf } from "../../site/downloads/download.ts";
import { page, type Visit } from "../../site/page.ts";
import type { Cached } from "../../site/use-case.ts";
import {
  dayColumns,
  groupColumns,
  groupRows,
  hourColumns,
  hourRows,
  severityColumns,
  severityRows,
} from "./tables.tsx";
import { ReportsView } from "./view.tsx";

const reportDays = ["7", "30", "90"] as const;
const query = z.object({ days: z.enum(reportDays).default("30") });

interface UseCases {
  readonly recentReports: Readonly<Record<(typeof reportDays)[number], Cached<readonly OpenedTally[]>>>;
}

type Asked = Pick<Visit<undefined, z.output<typeof query>>, "query" | "viewer" | "now">;

async function readReport({ query: { days }, viewer, now }: Asked, { recentReports }: UseCases) {
  const { value, at } = await recentReports[days](now);
  return { report: reportOf(value, { days: Number(days), timezone: viewer.timezone ?? "UTC", now }), at };
}

/** Returns a function that makes a file of a table of the report. */
function fileOf<T>(columns: readonly Column<T>[], rows: (all: Tally, report: Report) => readonly T[]) {
  return async (asked: Asked, useCases: UseCases) => {
    const { report } = await readReport(asked, useCases);
    const all = addTallies(report.days.map(({ tally }) => tally));
    return downloadOf(columns, allRows(rows(all, report)));
  };
}

export const reportsPage = page(
  { query },
  async (visit, useCases: UseCases) => ({
    title: "Insights",
    content: <ReportsView {...visit} {...(await readReport(visit, useCases))} />,
  }),
  {
    days: fileOf(dayColumns, (_, { days }) => days.toReversed()),
    severities: fileOf(severityColumns, severityRows),
    teams: fileOf(groupColumns("team"), (all) => groupRows("team", all)),
    services: fileOf(groupColumns("service"), (all) => groupRows("service", all)),
    hours: fileOf(hourColumns, (_, { week }) => hourRows(week)),
  },
);
