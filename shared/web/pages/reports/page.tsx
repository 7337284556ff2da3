import * as z from "zod";
import { reportOf } from "../../../domain/incidents/report.ts";
import type { OpenedTally } from "../../../domain/incidents/stats.ts";
import { page } from "../../site/page.ts";
import type { Cached } from "../../site/use-case.ts";
import { ReportsView } from "./view.tsx";

const reportDays = ["7", "30", "90"] as const;
const query = z.object({ days: z.enum(reportDays).default("30") });

interface UseCases {
  readonly recentReports: Readonly<Record<(typeof reportDays)[number], Cached<readonly OpenedTally[]>>>;
}

export const reportsPage = page(
  { query },
  async ({ query, host, ...viewing }, { recentReports }: UseCases) => {
    const { value, at } = await recentReports[query.days](viewing.now);
    const timezone = viewing.viewer.timezone ?? "UTC";
    const report = reportOf(value, { days: Number(query.days), timezone, now: viewing.now });
    return {
      title: "Insights",
      content: <ReportsView {...viewing} host={host} report={report} at={at} />,
    };
  },
);
