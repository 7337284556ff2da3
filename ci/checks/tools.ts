import { existsSync, globSync } from "node:fs";
import { command } from "./command.ts";

export const format = command("format and lint", "ci/node_modules/.bin/biome", ["ci", "--colors=off", "."]);

export const types = command("types", "node_modules/.bin/tsc", []);

const folders = ["shared", "functions", "infra", "localstack", "monitoring", "ci"].filter((folder) =>
  existsSync(folder),
);

export const imports = command(
  "imports",
  "ci/node_modules/.bin/depcruise",
  ["--config", "ci/dependency-cruiser.cjs", ...folders],
  (output, root) => {
    // Without a TypeScript parser it skips these files and succeeds.
    const read = Number(/\((\d+) modules/.exec(output)?.[1] ?? 0);
    const there = globSync(`{${folders.join()}}/**/*.{ts,tsx}`, {
      cwd: root,
      exclude: ["ci/node_modules"],
    }).length;
    return read < there
      ? `It read only ${read} of ${there} files. Check that @swc/core is installed.`
      : undefined;
  },
);
