/** Grafana's legacy webhook (before version 11), with one dashboard alert rule per request. */

import * as z from "zod";
import type { MonitoringEvent } from "../../domain/integrations/monitoring-event.ts";
import { actionOf } from "../common/action-names.ts";
import { withClientLabels } from "../common/labels.ts";
import { severityNamed } from "../common/severity-names.ts";

const text = z.string().nullish().catch(undefined);
const id = z.union([z.number(), z.string()]).nullish().catch(undefined);
const tags = z.record(z.string(), z.unknown()).nullish().catch(undefined);

export const legacyNotice = z.object({
  /** Current Grafana alerting has these instead of a rule. */
  alerts: z.undefined().optional(),
  state: z.string().regex(/\S/),
  title: text,
  ruleName: text,
  ruleId: id,
  ruleUrl: text,
  imageUrl: text,
  message: text,
  orgId: id,
  dashboardId: id,
  panelId: id,
  tags,
  evalMatches: z
    .array(z.object({ metric: text, value: z.unknown() }))
    .nullish()
    .catch(undefined),
});

/** States that notify no one. A state without data is treated as alerting. */
const quiet = ["pending", "paused", "unknown"];

export function eventsOfLegacy(notice: z.output<typeof legacyNotice>): MonitoringEvent[] {
  const { orgId, dashboardId, panelId, ruleId, ruleName, tags } = notice;
  const state = notice.state.trim().toLowerCase();
  if (quiet.includes(state)) return [];
  const title = notice.title?.replace(/^\s*\[[^\]]*\]\s*/, "").trim();
  const name = ruleName?.trim() || title || "";
  const matches = (notice.evalMatches ?? []).map(({ metric, value }) => `${metric ?? "value"}=${value}`);
  const severity = tags?.severity;
  return [
    {
      action: actionOf(state) ?? "trigger",
      message: [name, notice.message?.trim()].filter(Boolean).join(": "),
      details: matches.join(", "),
      severity: (typeof severity === "string" ? severityNamed(severity) : undefined) ?? "high",
      // Uptime Kuma's Grafana OnCall notifications use the same format: "shop is down", and later "shop is
      // up".
      dedupKey: JSON.stringify([orgId, dashboardId, panelId, ruleId ?? name.replace(/ is (down|up)$/i, "")]),
      labels: withClientLabels(
        {
          rule: name || undefined,
          state,
          generator_url: notice.ruleUrl || undefined,
          image_url: notice.imageUrl || undefined,
        },
        tags ?? {},
        "tag_",
      ),
    },
  ];
}
