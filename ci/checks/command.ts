import { execFile } from "node:child_process";
import { join } from "node:path";
import type { Check } from "./check.ts";

/** Runs a tool, given by its path. The check fails if the tool fails or if `verifyOutput` rejects its output. */
export function command(
  name: string,
  tool: string,
  args: readonly string[],
  verifyOutput: (output: string, root: string) => string | undefined = () => undefined,
): Check {
  return {
    name,
    run: (root) =>
      new Promise((resolve) => {
        const options = { cwd: root, maxBuffer: 64 * 1024 * 1024, env: { ...process.env, NO_COLOR: "1" } };
        execFile(join(root, tool), args, options, (error, stdout, stderr) => {
          const output = `${stdout}${stderr}`.trim();
          const fault = error ? output || error.message : verifyOutput(output, root);
          resolve({ faults: fault === undefined ? [] : [fault] });
        });
      }),
  };
}
