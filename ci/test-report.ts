/**
 * `node ci/test-report.ts <report.json> failed|skipped`: summarizes a Vitest JSON report in one line: the
 * failed tests, or the number of skipped ones with reasons. Prints nothing if there are none.
 */
import { readFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import * as z from "zod";

const report = z.object({
  testResults: z.array(
    z.object({
      name: z.string(),
      status: z.string(),
      message: z.string().optional(),
      assertionResults: z.array(
        z.object({
          fullName: z.string(),
          status: z.string(),
          failureMessages: z.array(z.string()).nullish(),
        }),
      ),
    }),
  ),
});
type Report = z.output<typeof report>;

const root = resolve(import.meta.dirname, "..");
/** Number of failed tests that are listed. */
const named = 3;

export function failures({ testResults }: Report): string | undefined {
  const failed = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === "failed");
    const file = relative(root, name);
    if (tests.length === 0) return status === "failed" ? [`${file}: ${firstLine(message)}`] : [];
    return tests.map(
      ({ fullName, failureMessages }) => `${file}, ${fullName}: ${firstLine(failureMessages?.[0])}`,
    );
  });
  if (failed.length === 0) return undefined;
  const more = failed.length > named ? `; and ${failed.length - named} more` : "";
  return `${failed.length} failed: ${failed.slice(0, named).join("; ")}${more}`;
}

/** Counts skipped tests with the reasons in their titles: `(skipped: …)`. */
export function skips({ testResults }: Report): string | undefined {
  const skipped = testResults
    .flatMap(({ assertionResults }) => assertionResults)
    .filter(({ status }) => status === "skipped" || status === "pending");
  if (skipped.length === 0) return undefined;
  const causes = skipped.flatMap(({ fullName }) => /\(skipped: ([^)]*)\)/.exec(fullName)?.[1] ?? []);
  const reasons = new Set(causes);
  const tests = skipped.length === 1 ? "1 test" : `${skipped.length} tests`;
  return `${tests} skipped (${[...reasons].join(", ") || "no reason in the title"})`;
}

function firstLine(text = ""): string {
  return text.split("\n")[0] || "it did not run";
}

if (import.meta.main) {
  const [file = "", what] = process.argv.slice(2);
  const read = report.parse(JSON.parse(readFileSync(file, "utf8")));
  const line = what === "failed" ? failures(read) : skips(read);
  if (line) console.log(line);
}
