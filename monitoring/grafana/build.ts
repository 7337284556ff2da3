/**
 * `npm run dashboards` writes monitoring/grafana/dashboards, from which Grafana is provisioned. The files are
 * committed.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { createCommand } from "../../infra/command.ts";
import { incidentOverview } from "./incident-overview.ts";
import { platformHealth } from "./platform-health.ts";
import { srePerformance } from "./sre-performance.ts";

export const dashboardsFolder = "monitoring/grafana/dashboards";

const root = join(import.meta.dirname, "../..");

/** Dashboards as Grafana JSON models. */
export const dashboards: readonly Dashboard[] = [incidentOverview, srePerformance, platformHealth].map(
  (builder) => builder.build(),
);

/** Returns the text of each dashboard file by name. */
export function renderDashboards(): ReadonlyMap<string, string> {
  return new Map(
    dashboards.map((dashboard) => [`${dashboard.uid}.json`, `${JSON.stringify(dashboard, null, 2)}\n`]),
  );
}

export const command = createCommand(
  "dashboards",
  "Generate the Grafana dashboards in monitoring/grafana/dashboards.",
  [["", "Write the dashboards"]],
).action(() => {
  const files = renderDashboards();
  for (const [name, text] of files) writeFileSync(join(root, dashboardsFolder, name), text);
  console.log(`Wrote ${files.size} dashboards to ${dashboardsFolder}.`);
});
