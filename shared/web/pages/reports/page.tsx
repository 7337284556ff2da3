import * as z from "zod";
import type { Report } from "../../../use-cases/incidents/read-report.ts";
import { page } from "../../site/page.ts";
import type { Cached } from "../../site/use-case.ts";
import { ReportsView } from "./view.tsx";

const reportDays = ["7", "30", "90"] as const;
const query = z.object({ days: z.enum(reportDays).default("30") });

interface UseCases {
  readonly recentReports: Readonly<Record<(typeof reportDays)[number], Cached<Report>>>;
}

export const reportsPage = page(
  { query },
  async ({ query, host, ...viewing }, { recentReports }: UseCases) => {
    const { value, at } = await recentReports[query.days](viewing.now);
    return {
      title: "Metrics",
      content: <ReportsView {...viewing} host={host} report={value} at={at} />,
    };
  },
);
