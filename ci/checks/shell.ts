import { spawnSync } from "node:child_process";
import { globSync } from "node:fs";
import type { Check } from "./check.ts";

/** Scripts by extension, and those without one. */
const scripts = ["**/*.sh", ".ci/run", "ci/hooks/*"];
const notOurs = ["node_modules", "ci/node_modules", "coverage", "dist", ".data", ".git"];

export const shell: Check = {
  name: "shell",
  async run(root) {
    const files = globSync(scripts, { cwd: root, exclude: notOurs });
    const { error, stdout } = spawnSync("shellcheck", ["--external-sources", ...files], {
      cwd: root,
      encoding: "utf8",
    });
    if (error) return { faults: [], skipped: "shellcheck is not installed" };
    return { faults: stdout.trim() === "" ? [] : [stdout.trim()] };
  },
};
