import * as z from "zod";
import { cached } from "../../../shared/caching/cached.ts";
import { page } from "../../../shared/http/site.ts";
import { ReportsView } from "../../../shared/pages/reports-view.tsx";
import { incidents, stats } from "../../../shared/runtime/stores.ts";
import { readReport } from "../../../shared/use-cases/incidents/read-report.ts";

/** Days that are not over, or have something unresolved, are read anew each time: a report can wait. */
const reportOf = (days: number) =>
  cached(300_000, (now) => readReport({ incidents: incidents(), stats: stats() }, days, now));
const reports = { 7: reportOf(7), 30: reportOf(30), 90: reportOf(90) };

const query = z.object({ days: z.enum(["7", "30", "90"]).default("30") });

export const reportsPage = page("reports", { query }, async ({ query, host, ...viewing }) => {
  const { value, at } = await reports[query.days](viewing.now);
  return {
    title: "Metrics",
    content: <ReportsView {...viewing} host={host} report={value} at={at} />,
  };
});
