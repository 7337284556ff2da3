/**
 * `npm run bench`: measures the platform beside yardsticks. Figures of a busy machine compare only with those of the
 * same run.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { resolve } from "node:path";
import { createCommand } from "../../infra/command.ts";
import { progressOn } from "../../infra/operate/backup/progress.ts";
import { Problem } from "../../infra/problem.ts";
import { parts, type Size } from "./parts.ts";
import { type Baseline, isOverBudget, met, type Row, table, withRatios } from "./report.ts";

const partNames = Object.keys(parts);

export const command = createCommand("bench", "Measure the platform on this machine.", [
  ["--quick", "Measure all parts with short runs"],
  ["--only load,costs", "Measure two parts"],
  ["--against coverage/bench.json", "Compare with an earlier run"],
])
  .option("--quick", "use shorter and fewer runs")
  .option("--only <parts>", `comma-separated list of: ${partNames.join(", ")} (default: all)`)
  .option("--incidents <n>", "size of the large list (default: 20000, or 2000 with --quick)")
  .option("--against <file>", "print the ratio to an earlier run's results")
  .option("--budgets", "exit with 1 if a count (units, requests, KiB) exceeds its budget")
  .option("--json", "print JSON")
  .addHelpText("after", "\nThe results are also written to coverage/bench.json.")
  .action(measure);

interface BenchOptions {
  readonly quick?: boolean;
  readonly only?: string;
  readonly incidents?: string;
  readonly against?: string;
  readonly budgets?: boolean;
  readonly json?: boolean;
}

async function measure({ quick = false, json = false, budgets = false, ...options }: BenchOptions) {
  process.chdir(resolve(import.meta.dirname, "../.."));
  const chosen = options.only?.split(",") ?? partNames;
  const unknown = chosen.filter((name) => !partNames.includes(name));
  if (unknown.length > 0) command.error(`error: unknown parts: ${unknown.join(", ")}`);
  const baseline = options.against === undefined ? undefined : readBaseline(options.against);
  const size = { quick, incidents: Number(options.incidents ?? (quick ? 2_000 : 20_000)) };
  const { rows, failures } = await measureParts(chosen, size, (part) => {
    if (!json) console.log(table(withRatios(part, baseline)));
  });

  const machine = { cpus: cpus().length, model: cpus()[0]?.model, node: process.version };
  const report = JSON.stringify({ at: new Date(), machine, quick, failures, rows }, null, 2);
  mkdirSync("coverage", { recursive: true });
  writeFileSync("coverage/bench.json", report);
  const aimed = rows.filter(({ aim }) => aim);
  const missed = aimed.filter((row) => !met(row));
  if (json) console.log(report);
  else console.log(`\nMet ${aimed.length - missed.length} aims, missed ${missed.length}.`);
  const faults = [
    ...failures.map((name) => `Part ${name} failed.`),
    ...(budgets ? missed.filter(isOverBudget) : []).map(
      (row) => `Over its budget: ${row.section}: ${row.what}`,
    ),
  ];
  if (faults.length > 0) throw new Problem(faults.join("\n"));
}

/** Measures one part after the other, and continues after a failure. */
async function measureParts(chosen: readonly string[], size: Size, show: (rows: readonly Row[]) => void) {
  const progress = progressOn(process.stderr, () => performance.now());
  const rows: Row[] = [];
  const failures: string[] = [];
  for (const [index, name] of chosen.entries()) {
    progress.at(`measuring ${name}:`, index, chosen.length, "parts");
    const part = await measurePart(name, size);
    progress.clear();
    if (part) show(part);
    else failures.push(name);
    rows.push(...(part ?? []));
  }
  progress.end(`Measured ${chosen.length - failures.length} of ${chosen.length} parts.`);
  return { rows, failures };
}

/** @returns undefined if the part failed; its error is on stderr */
async function measurePart(name: string, size: Size): Promise<readonly Row[] | undefined> {
  const child = fork(resolve(import.meta.dirname, "run-part.ts"), [name, JSON.stringify(size)]);
  let rows: readonly Row[] | undefined;
  child.on("message", (message) => {
    rows = message as readonly Row[];
  });
  const [code] = await once(child, "exit");
  return code === 0 ? rows : undefined;
}

function readBaseline(file: string): Baseline {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as Baseline;
  } catch (error) {
    throw new Problem(`${file} is not a result of this command: ${(error as Error).message}`);
  }
}
