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
    `${dashboardsFolder}/${name} ${what}; run \`npm run dashboards\``;
  return [
    ...[...built]
      .filter(([name, text]) => committed.get(name) !== text)
      .map(([name]) => say(name, committed.has(name) ? "is not what it is built from" : "is missing")),
    ...[...committed.keys()]
      .filter((name) => !built.has(name))
      .map((name) => `${dashboardsFolder}/${name} is built from nothing: delete it`),
  ];
}
