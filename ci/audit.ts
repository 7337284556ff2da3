/** `npm run audit`: known vulnerabilities of the installed dependencies, minus the exceptions in ci/audit-allow.json. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";
import { createCommand } from "../infra/command.ts";
import { parseJsonOrUndefined } from "../shared/domain/json.ts";

const root = join(import.meta.dirname, "..");

/** Severities that fail without an exception. Lower ones are only reported. */
const severe: ReadonlySet<string> = new Set(["high", "critical"]);

const advisory = z.object({
  url: z.string(),
  title: z.string(),
  severity: z.string(),
  name: z.string(),
  range: z.string(),
});

/** Output of `npm audit --json`: a vulnerability is `via` an advisory, or the name of an affected package. */
const report = z.object({
  vulnerabilities: z.record(z.string(), z.object({ via: z.array(z.union([z.string(), advisory])) })),
});

const exceptions = z.array(
  z.strictObject({
    /** GHSA-xxxx-xxxx-xxxx */
    advisory: z.string().regex(/^GHSA(-[0-9a-z]{4}){3}$/),
    /** Reason why the vulnerability does not affect this project. */
    reason: z.string().min(10),
    /** Last day of the exception. */
    until: z.iso.date(),
  }),
);
export type Exception = z.output<typeof exceptions>[number];

export interface Findings {
  readonly faults: readonly string[];
  /** Findings that do not fail the audit. */
  readonly notes: readonly string[];
}

/**
 * @param today YYYY-MM-DD
 * @returns undefined if the output is not a report, because npm could not reach its registry
 */
export function judge(output: string, allowed: readonly Exception[], today: string): Findings | undefined {
  const read = report.safeParse(parseJsonOrUndefined(output));
  if (!read.success) return undefined;
  const found = new Map(
    Object.values(read.data.vulnerabilities)
      .flatMap(({ via }) => via.filter((cause) => typeof cause !== "string"))
      .map((cause) => [cause.url.split("/").at(-1) ?? cause.url, cause]),
  );
  const faults: string[] = [];
  const notes: string[] = [];
  for (const [id, { severity, name, range, title, url }] of found) {
    const exception = allowed.find(({ advisory }) => advisory === id);
    const line = `${severity}: ${name} ${range}, ${title} (${url})`;
    if (!severe.has(severity)) notes.push(line);
    else if (!exception) faults.push(line);
    else if (exception.until < today)
      faults.push(`${line}; excepted until ${exception.until}: ${exception.reason}`);
    else notes.push(`${line}; excepted until ${exception.until}: ${exception.reason}`);
  }
  for (const { advisory } of allowed) {
    if (!found.has(advisory))
      notes.push(`ci/audit-allow.json: ${advisory} no longer applies; remove its exception`);
  }
  return { faults, notes };
}

/** Joins reports of several packages; returns the first output that is not a report, if any. */
export function joinReports(outputs: readonly string[]): string {
  const invalid = outputs.find((output) => !report.safeParse(parseJsonOrUndefined(output)).success);
  if (invalid !== undefined) return invalid;
  const all = outputs.map((output) => report.parse(parseJsonOrUndefined(output)).vulnerabilities);
  const named = all.flatMap((vulnerabilities, index) =>
    Object.entries(vulnerabilities).map(([name, value]) => [`${index} ${name}`, value]),
  );
  return JSON.stringify({ vulnerabilities: Object.fromEntries(named) });
}

export function readExceptions(text: string): Exception[] {
  return exceptions.parse(JSON.parse(text));
}

export const command = createCommand("audit", "Check the installed dependencies for known vulnerabilities.", [
  ["", "Print new vulnerabilities, and accepted ones of ci/audit-allow.json"],
])
  .addHelpText(
    "after",
    "\nExit code 1: there is a severe vulnerability, or an exception has expired. 3: the registry is not reachable.",
  )
  .action(audit);

function audit(): void {
  const reports = [root, join(root, "ci")].map(
    (cwd) => spawnSync("npm", ["audit", "--json"], { cwd, encoding: "utf8" }).stdout,
  );
  const output = joinReports(reports);
  const allowed = readExceptions(readFileSync(join(root, "ci/audit-allow.json"), "utf8"));
  const findings = judge(output, allowed, new Date().toISOString().slice(0, 10));
  if (findings) {
    const { faults, notes } = findings;
    for (const note of notes) console.log(`note    ${note}`);
    for (const fault of faults) console.error(`failed  ${fault}`);
    console.log(
      faults.length === 0
        ? "Found no severe vulnerabilities."
        : `Found ${faults.length} vulnerabilities. Fix them, or add exceptions to ci/audit-allow.json.`,
    );
    process.exitCode = faults.length === 0 ? 0 : 1;
  } else {
    const { message = "no response" } = (parseJsonOrUndefined(output) ?? {}) as { message?: string };
    console.error(`NOT CHECKED: the npm registry is not reachable: ${message}`);
    process.exitCode = 3;
  }
}
