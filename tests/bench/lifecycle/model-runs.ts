/** The model-based test of the lifecycle of incidents with more runs than `npm test` has time for. */
import { execFile } from "node:child_process";
import { resolve } from "node:path";
import { promisify } from "node:util";
import type { Row } from "../report.ts";

const root = resolve(import.meta.dirname, "../../..");
const test = "shared/use-cases/incidents/lifecycle/lifecycle-model.test.ts";

/** @throws with the shortest counterexample if the lifecycle is not that of the model */
export async function runModel(runs: number): Promise<Row[]> {
  const startedAt = performance.now();
  await promisify(execFile)("npx", ["vitest", "run", "--project", "unit", test], {
    cwd: root,
    env: { ...process.env, LIFECYCLE_RUNS: String(runs) },
    maxBuffer: 64 * 1024 * 1024,
  }).catch(({ stdout, stderr }) => {
    throw new Error(`${stdout}\n${stderr}`);
  });
  const perRun = (performance.now() - startedAt) / runs;
  const section = "Lifecycle against a model of the contract";
  return [
    { section, what: "runs without a difference", value: runs, unit: "runs" },
    { section, what: "time per run", value: perRun, unit: "ms" },
  ];
}
