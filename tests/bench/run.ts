/**
 * `npm run bench`: measures the platform beside a route that does nothing. Figures of a busy machine compare only with
 * those of the same run.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { resolve } from "node:path";
import { createCommand } from "../../infra/command.ts";
import { progressOn } from "../../infra/operate/backup/progress.ts";
import { collectTemporaryFolders } from "../support/run/temporary-folders.ts";
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

interface Size {
  readonly quick: boolean;
  readonly incidents: number;
}

const partsOf = ({ quick, incidents }: Size): Record<string, () => Promise<Row[]>> => ({
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
});

const partNames = Object.keys(partsOf({ quick: true, incidents: 0 }));

export const command = createCommand("bench", "Measure the platform on this machine.", [
  ["--quick", "Measure all parts with short runs"],
  ["--only load,costs", "Measure two parts"],
])
  .option("--quick", "use shorter and fewer runs")
  .option("--only <parts>", `comma-separated list of: ${partNames.join(", ")} (default: all)`)
  .option("--incidents <n>", "size of the large list (default: 20000, or 2000 with --quick)")
  .option("--json", "print JSON")
  .addHelpText("after", "\nThe results are also written to coverage/bench.json.")
  .action(measure);

interface BenchOptions {
  readonly quick?: boolean;
  readonly only?: string;
  readonly incidents?: string;
  readonly json?: boolean;
}

async function measure({ quick = false, only, json = false, ...size }: BenchOptions): Promise<void> {
  process.chdir(resolve(import.meta.dirname, "../.."));
  process.once("exit", collectTemporaryFolders());
  const parts = partsOf({ quick, incidents: Number(size.incidents ?? (quick ? 2_000 : 20_000)) });
  const chosen = only?.split(",") ?? partNames;
  const unknown = chosen.filter((name) => !partNames.includes(name));
  if (unknown.length > 0) command.error(`error: unknown parts: ${unknown.join(", ")}`);
  const progress = progressOn(process.stderr, () => performance.now());
  const rows: Row[] = [];
  for (const [index, name] of chosen.entries()) {
    progress.at(`measuring ${name}:`, index, chosen.length, "parts");
    rows.push(...((await parts[name]?.()) ?? []));
  }
  progress.end(`Measured ${chosen.length} parts.`);
  const missed = rows.filter((row) => met(row) === false).length;
  const machine = { cpus: cpus().length, model: cpus()[0]?.model, node: process.version };
  const report = JSON.stringify({ at: new Date(), machine, quick, rows }, null, 2);
  if (json) console.log(report);
  else {
    console.log(table(rows));
    console.log(`\nMet ${rows.filter(({ aim }) => aim).length - missed} aims, missed ${missed}.`);
  }
  mkdirSync("coverage", { recursive: true });
  writeFileSync("coverage/bench.json", report);
}
