import { command } from "./command.ts";

export const format = command("format and lint", "biome", ["ci", "--colors=off", "."]);

export const types = command("types", "tsc", []);

export const imports = command("imports", "depcruise", [
  "--config",
  "ci/dependency-cruiser.cjs",
  "shared",
  "functions",
  "infra",
  "localstack",
  "monitoring",
  "ci",
]);
