import { execFile } from "node:child_process";
import { join } from "node:path";
import type { Check } from "./check.ts";

/** A check that a tool of node_modules does: its output is the fault. */
export function command(name: string, tool: string, args: readonly string[]): Check {
  return {
    name,
    run: (root) =>
      new Promise((resolve) => {
        const options = { cwd: root, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NO_COLOR: "1" } };
        execFile(join(root, "node_modules/.bin", tool), args, options, (error, stdout, stderr) => {
          const output = `${stdout}${stderr}`.trim();
          resolve({ faults: error ? [output || error.message] : [] });
        });
      }),
  };
}
