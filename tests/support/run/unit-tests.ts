import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");

/** Test files that are next to their source. */
export const unitTests = "{shared,infra,localstack,ci,monitoring,functions}/**/*.test.{ts,tsx}";

/** Unit tests that try thousands of inputs or every failure. Measuring coverage would take several times as long. */
export function exhaustiveTests(): string[] {
  return globSync(unitTests, { cwd: root, exclude: ["**/node_modules"] }).filter(
    (file) =>
      file.endsWith("/simulate-year.test.ts") ||
      /"fast-check"|support\/suites\/fault-suite/.test(readFileSync(resolve(root, file), "utf8")),
  );
}
