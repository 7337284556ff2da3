import * as z from "zod";
import { teamName } from "../../../contracts/fields.ts";
import { type Report, reportOf } from "../../../domain/incidents/report.ts";
import { addTallies, type OpenedTally, type Tally } from "../../../domain/incidents/stats.ts";
import { loadOf } from "../../../domain/oncall/load.ts";
import type { Load } from "../../../use-cases/oncall/load/read-load.ts";
import type { Column } from "../../components/data-table.tsx";
import { allRows, downloadOf } from "../../site/downloads/download.ts";
import { page, type Visit } from "../../site/page.ts";
import type { Cached } from "../../site/use-case.ts";
import { loadFileColumns } from "./load.tsx";
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
/** `team` counts only the load from that team. */
const query = z.object({ days: z.enum(reportDays).default("30"), team: teamName.optional() });

interface UseCases {
  readonly recentReports: Readonly<Record<(typeof reportDays)[number], Cached<readonly OpenedTally[]>>>;
  readonly recentLoads: Readonly<Record<(typeof reportDays)[number], Cached<Load>>>;
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
  async (visit, useCases: UseCases) => {
    const { query, now } = visit;
    const [report, load] = await Promise.all([
      readReport(visit, useCases),
      useCases.recentLoads[query.days](now),
    ]);
    return {
      title: "Insights",
      content: <ReportsView {...visit} {...report} load={load.value} team={query.team} />,
    };
  },
  {
    days: fileOf(dayColumns, (_, { days }) => days.toReversed()),
    severities: fileOf(severityColumns, severityRows),
    teams: fileOf(groupColumns("team"), (all) => groupRows("team", all)),
    services: fileOf(groupColumns("service"), (all) => groupRows("service", all)),
    load: async ({ query: { days, team }, now }, { recentLoads }) =>
      downloadOf(loadFileColumns, allRows(loadOf((await recentLoads[days](now)).value, team))),
    hours: fileOf(hourColumns, (_, { week }) => hourRows(week)),
  },
);
