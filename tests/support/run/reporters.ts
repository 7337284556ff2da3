import { join } from "node:path";

const { TEST_REPORTS } = process.env;

type Reporters = ("default" | ["json", { readonly outputFile: string }])[];

/** Vitest's output. A run also writes a JSON report into the folder TEST_REPORTS, if it is set. */
export const reporters: Reporters = TEST_REPORTS
  ? ["default", ["json", { outputFile: join(TEST_REPORTS, `${process.pid}.json`) }]]
  : ["default"];
