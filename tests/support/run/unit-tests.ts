import { globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");

/** Test files that are next to their source. */
export const unitTests = "{shared,infra,localstack,ci,monitoring,functions}/**/*.test.{ts,tsx}";

/** Test files that call every function, over tables in memory. */
export const functionTests = "tests/functions/**/*.test.ts";

/** Tests in memory of thousands of inputs or every failure. Measuring coverage would take several times as long. */
export function exhaustiveTests(): string[] {
  return globSync([unitTests, functionTests], { cwd: root, exclude: ["**/node_modules"] }).filter(
    (file) =>
      /\/(simulate-year|access-matrix)\.test\.ts$/.test(file) ||
      /"fast-check"|support\/suites\/fault-suite/.test(readFileSync(resolve(root, file), "utf8")),
  );
}
