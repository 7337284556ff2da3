import * as z from "zod";
import { mean, percentile, type Tally } from "../../domain/incidents/stats.ts";
import { limits } from "../../domain/limits.ts";
import { severities } from "../../domain/severity.ts";
import { hourMs } from "../../domain/time-units.ts";
import { defineContract } from "../contract.ts";

const window = z
  .string()
  .default("7d")
  .transform((label, context) => {
    const match = /^([1-9]\d{0,3})([hd])$/.exec(label);
    const windowMs = match ? Number(match[1]) * (match[2] === "d" ? 24 : 1) * hourMs : 0;
    if (windowMs > 0 && windowMs <= limits.statsWindowDays * 24 * hourMs) return { label, windowMs };
    context.addIssue(`must be hours or days like 24h or 7d, at most ${limits.statsWindowDays}d`);
    return z.NEVER;
  })
  .meta({ pattern: "^[1-9]\\d{0,3}[hd]$", default: "7d", examples: ["24h", "7d"] });

const incidentStatsResource = z.object({
  window: z.string(),
  total: z.number(),
  open: z.number(),
  acknowledged: z.number(),
  resolved: z.number(),
  by_severity: z.record(z.enum(severities), z.number()),
  by_service: z.array(z.object({ service: z.string(), count: z.number() })),
  avg_mtta_seconds: z.number().nullable(),
  p95_mtta_seconds: z.number().nullable(),
  avg_mttr_seconds: z.number().nullable(),
  p95_mttr_seconds: z.number().nullable(),
});

export const getIncidentStatsContract = defineContract({
  service: "incidents",
  method: "GET",
  path: "/api/v1/incidents/stats",
  summary: "Get incident statistics",
  description: "Counts and response times of the incidents created in a time window.",
  right: "read",
  query: z.object({ window }),
  status: 200,
  response: incidentStatsResource,
});

export function presentStats(label: string, tally: Tally): z.input<typeof incidentStatsResource> {
  const { open = 0, acknowledged = 0, resolved = 0 } = tally.byStatus;
  const { critical = 0, high = 0, medium = 0, low = 0 } = tally.bySeverity;
  return {
    window: label,
    total: open + acknowledged + resolved,
    open,
    acknowledged,
    resolved,
    by_severity: { critical, high, medium, low },
    by_service: Object.entries(tally.byService)
      .map(([service, count]) => ({ service, count }))
      .toSorted((a, b) => b.count - a.count || a.service.localeCompare(b.service)),
    avg_mtta_seconds: mean(tally.mttaSeconds),
    p95_mtta_seconds: percentile(tally.mttaSeconds, 95),
    avg_mttr_seconds: mean(tally.mttrSeconds),
    p95_mttr_seconds: percentile(tally.mttrSeconds, 95),
  };
}
