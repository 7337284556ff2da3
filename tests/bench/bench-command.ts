import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { dirname } from "node:path";
import type { Command } from "commander";
import { createCommand, parseCount } from "../../infra/command.ts";
import { progressOn } from "../../infra/operate/backup/progress.ts";
import { Problem } from "../../infra/problem.ts";
import { differences, readBaseline, withRatios } from "./baseline.ts";
import { measureParts } from "./measure-parts.ts";
import type { Parts } from "./parts.ts";
import { budgetFaults, meetsAim, table } from "./report.ts";

interface BenchFiles {
  /** Module that exports `parts`. */
  readonly partsFile: string;
  /** File that the results are written to. */
  readonly resultFile: string;
}

interface BenchOptions {
  readonly quick?: boolean;
  readonly only?: string;
  readonly incidents?: number;
  readonly against?: string;
  readonly budgets?: boolean;
  readonly json?: boolean;
}

export async function benchCommand({ partsFile, resultFile }: BenchFiles): Promise<Command> {
  const { parts }: { parts: Parts } = await import(partsFile);
  const names = Object.keys(parts);
  const command = createCommand("bench", "Measure the platform on this machine.", [
    ["--quick", "Measure all parts with short runs"],
    ["--only load,costs", "Measure two parts"],
    ["--against coverage/before.json", "Compare with a copy of an earlier run's results"],
  ]);
  return command
    .option("--quick", "use shorter and fewer runs")
    .option("--only <parts>", `comma-separated list of: ${names.join(", ")} (default: all)`)
    .option("--incidents <n>", "size of the large list (default: 20000, or 2000 with --quick)", parseCount)
    .option("--against <file>", "print the ratio to an earlier run's results")
    .option("--budgets", "exit with 1 if a count (units, requests, KiB) exceeds its budget")
    .option("--json", "print JSON")
    .addHelpText("after", "\nThe results are also written to coverage/bench.json.")
    .action(async (options: BenchOptions) => {
      const chosen = options.only?.split(",") ?? names;
      const unknown = chosen.filter((name) => !names.includes(name));
      if (unknown.length > 0) command.error(`error: unknown parts: ${unknown.join(", ")}`);
      await measure(chosen, options, { partsFile, resultFile });
    });
}

async function measure(
  names: readonly string[],
  options: BenchOptions,
  { partsFile, resultFile }: BenchFiles,
) {
  const { quick = false, json = false, budgets = false } = options;
  const machine = { cpus: cpus().length, model: cpus()[0]?.model, node: process.version };
  const baseline = options.against === undefined ? undefined : readBaseline(options.against);
  const print = (text: string) => {
    if (!json) console.log(text);
  };
  if (baseline) for (const each of differences(baseline, { machine, quick })) console.error(each);
  const progress = progressOn(process.stderr, () => performance.now());
  /** Seconds that each part took. */
  const durations: Record<string, number> = {};
  const { rows, failures } = await measureParts({
    file: partsFile,
    names,
    size: { quick, incidents: options.incidents ?? (quick ? 2_000 : 20_000) },
    onStart: (name, index) => progress.at(`measuring ${name}:`, index, names.length, "parts"),
    onEnd(name, part, seconds) {
      progress.clear();
      durations[name] = seconds;
      print(part ? table(withRatios(part, baseline)) : `\nPart ${name} failed.`);
    },
  });
  progress.end(`Measured ${names.length - failures.length} of ${names.length} parts.`);

  const report = { at: new Date(), machine, quick, durations, failures, rows };
  mkdirSync(dirname(resultFile), { recursive: true });
  writeFileSync(resultFile, JSON.stringify(report, null, 2));
  const aimed = rows.filter(({ aim }) => aim);
  const missed = aimed.filter((row) => !meetsAim(row));
  if (json) console.log(JSON.stringify({ ...report, rows: withRatios(rows, baseline) }, null, 2));
  else print(`\nMet ${aimed.length - missed.length} aims, missed ${missed.length}.`);
  const faults = [...failures.map((name) => `Part ${name} failed.`), ...(budgets ? budgetFaults(rows) : [])];
  if (faults.length > 0) throw new Problem(faults.join("\n"));
}
