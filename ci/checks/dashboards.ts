import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { dashboardsFolder, renderDashboards } from "../../monitoring/grafana/build.ts";
import type { Check } from "./check.ts";

export const dashboards: Check = {
  name: "dashboards",
  async run(root) {
    const folder = join(root, dashboardsFolder);
    const files = existsSync(folder) ? readdirSync(folder) : [];
    const committed = new Map(files.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
    return { faults: driftOf(committed, renderDashboards()) };
  },
};

/** Returns dashboard files that differ from their source, by name. */
export function driftOf(
  committed: ReadonlyMap<string, string>,
  built: ReadonlyMap<string, string>,
): string[] {
  const say = (name: string, what: string) =>
    `${dashboardsFolder}/${name} ${what}. Run \`npm run dashboards\``;
  return [
    ...[...built]
      .filter(([name, text]) => committed.get(name) !== text)
      .map(([name]) => say(name, committed.has(name) ? "is out of date" : "is missing")),
    ...[...committed.keys()]
      .filter((name) => !built.has(name))
      .map((name) => `${dashboardsFolder}/${name} has no source: delete it`),
  ];
}
