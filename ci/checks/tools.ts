import { command } from "./command.ts";

export const format = command("format and lint", "biome", ["ci", "--colors=off", "."]);

export const types = command("types", "tsc", []);

const folders = ["shared", "functions", "infra", "localstack", "monitoring", "ci"];

export const imports = command(
  "imports",
  "depcruise",
  ["--config", "ci/dependency-cruiser.cjs", ...folders],
  // Without a parser for TypeScript it reads nothing and is content.
  (output) =>
    /\(0 modules/.test(output) ? "dependency-cruiser read no file: is @swc/core installed?" : undefined,
);
