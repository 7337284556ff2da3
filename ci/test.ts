/** `npm test`: runs all tests. A failed unit test does not keep the others from running. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { createCommand } from "../infra/command.ts";
import { exhaustiveTests } from "../tests/support/run/unit-tests.ts";
import { installTools } from "./install-tools.ts";

const root = join(import.meta.dirname, "..");
/** Projects that need no emulators. Their coverage is measured. */
const inMemory = ["unit", "functions"];
const others = ["integration", "api-gateway", "e2e"];
/** End-to-end tests wait for about half of their time: five files of them keep two cores busy. */
const atOnce = "5";

export const command = createCommand(
  "test",
  "Run all tests: unit tests, then integration and end-to-end tests.",
  [["", "Run all tests"]],
).action(() => {
  installTools();
  const inMemoryPass = process.env.CI ? runWithCoverage() : runProjects(inMemory);
  const othersPass = runProjects(others, [], { VITEST_MAX_WORKERS: atOnce });
  if (!inMemoryPass || !othersPass) process.exitCode = 1;
});

/** Runs tests in memory and fails below a minimum of coverage. Measuring it takes half a minute. */
function runWithCoverage(): boolean {
  const exhaustive = exhaustiveTests();
  const othersPass = runProjects(inMemory, ["--coverage", ...exhaustive.map((file) => `--exclude=${file}`)]);
  return runProjects(inMemory, exhaustive) && othersPass;
}

function runProjects(
  projects: readonly string[],
  options: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
): boolean {
  const vitest = join(root, "node_modules/.bin/vitest");
  return run(vitest, ["run", ...options, ...projects.flatMap((project) => ["--project", project])], env);
}

/** Returns true if the program succeeds. An interrupt of the program ends this process too. */
function run(program: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  const { status, signal } = spawnSync(program, args, {
    cwd: root,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  if (signal) process.kill(process.pid, signal);
  return status === 0;
}
