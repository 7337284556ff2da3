/**
 * `npm run tools`: installs the tools of checks and benchmarks into ci/node_modules, unless they are up to date.
 * Scripts that need them call it first.
 */
import { spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const folder = import.meta.dirname;
const lock = readFileSync(join(folder, "package-lock.json"), "utf8");
/** The lock file that the installed tools were installed from. */
const installed = join(folder, "node_modules/.installed-lock");

if (!existsSync(installed) || readFileSync(installed, "utf8") !== lock) {
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund"], {
    cwd: folder,
    stdio: ["ignore", process.stderr, process.stderr],
  });
  if (status === 0) writeFileSync(installed, lock);
  else
    console.error(
      "The tools of checks and benchmarks can't be installed. What needs them is skipped or fails.",
    );
}
