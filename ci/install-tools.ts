/**
 * `npm run tools`: installs the tools of checks and benchmarks into ci/node_modules, unless they are up to date.
 * Scripts that need them call it first.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createCommand } from "../infra/command.ts";

const folder = import.meta.dirname;
const lock = readFileSync(join(folder, "package-lock.json"), "utf8");
/** The lock file that the installed tools were installed from. */
const installed = join(folder, "node_modules/.installed-lock");

export const command = createCommand(
  "tools",
  "Install the tools of checks and benchmarks into ci/node_modules.",
  [["", "Install the tools unless they are up to date"]],
).action(() => {
  if (!installTools()) process.exitCode = 1;
});

/** Returns false if the tools could not be installed. */
export function installTools(): boolean {
  if (existsSync(installed) && readFileSync(installed, "utf8") === lock) return true;
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
    cwd: folder,
    stdio: ["ignore", process.stderr, process.stderr],
  });
  if (status === 0) writeFileSync(installed, lock);
  else
    console.error(
      "The tools of checks and benchmarks could not be installed. Checks that need them are skipped or fail.",
    );
  return status === 0;
}
