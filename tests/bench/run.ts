/**
 * `npm run bench`: measures the platform, with a route that does nothing as a baseline. Prints a table and
 * writes coverage/bench.json. Results of a busy machine are only comparable within the same run.
 *
 *   --quick            shorter and fewer runs
 *   --only <part,…>    load, pipeline, notifications, telemetry, footprint, costs, exporter, bundles, on-call, web, backup,
 *                      integrations
 *   --incidents <n>    size of the large list; default: 20,000
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { collectTemporaryFolders } from "../support/scratch.ts";
import { measureBackup } from "./backup.ts";
import { measureBundles } from "./bundles.ts";
import { measureCosts } from "./costs.ts";
import { measureExporter } from "./exporter.ts";
import { measureFootprint } from "./footprint.ts";
import { measureIntegrations } from "./integrations.ts";
import { measureLoad } from "./load.ts";
import { measureNotifications } from "./notifications.ts";
import { measureOnCall } from "./on-call.ts";
import { measurePipeline } from "./pipeline.ts";
import { met, type Row, table } from "./report.ts";
import { measureTelemetry } from "./telemetry.ts";
import { measureWeb } from "./web.ts";

const { values: options } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    incidents: { type: "string" },
  },
});
const { quick } = options;
const incidents = Number(options.incidents ?? (quick ? 2_000 : 20_000));

process.chdir(resolve(import.meta.dirname, "../.."));
process.once("exit", collectTemporaryFolders());

const parts: Record<string, () => Promise<Row[]>> = {
  load: () =>
    measureLoad(quick ? { connections: [50], seconds: 2 } : { connections: [1, 10, 50], seconds: 4 }),
  pipeline: () =>
    measurePipeline(
      quick
        ? { pages: 10, alerts: 300, keys: 100, hot: 50 }
        : { pages: 50, alerts: 1_000, keys: 200, hot: 300 },
    ),
  notifications: () => measureNotifications(quick ? 20 : 100),
  footprint: () => measureFootprint(quick ? 1 : 3),
  costs: () => measureCosts({ incidents }),
  telemetry: () => measureTelemetry(quick ? 20_000 : 200_000),
  exporter: () => measureExporter({ incidents, scrapes: quick ? 20 : 100 }),
  bundles: () => measureBundles({ runs: quick ? 1 : 3, shown: 5 }),
  web: () => measureWeb(quick ? 5 : 30),
  backup: () => measureBackup({ incidents }),
  integrations: () => measureIntegrations({ connections: 10, seconds: quick ? 2 : 4 }),
  "on-call": () => measureOnCall(quick ? 5_000 : 20_000),
};

const chosen = options.only?.split(",") ?? Object.keys(parts);
const rows: Row[] = [];
for (const name of chosen) {
  const part = parts[name];
  if (!part) throw new Error(`There is no part "${name}"; there are ${Object.keys(parts).join(", ")}`);
  console.error(`measuring ${name} …`);
  rows.push(...(await part()));
}

console.log(table(rows));
const missed = rows.filter((row) => met(row) === false).length;
console.log(`\n${rows.filter(({ aim }) => aim).length - missed} aims met, ${missed} missed`);
mkdirSync("coverage", { recursive: true });
const machine = { cpus: cpus().length, model: cpus()[0]?.model, node: process.version };
writeFileSync("coverage/bench.json", JSON.stringify({ at: new Date(), machine, quick, rows }, null, 2));
