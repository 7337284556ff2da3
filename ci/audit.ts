/**
 * `npm run audit`: known vulnerabilities of installed packages, except those temporarily accepted in
 * ci/audit-allow.json. Exit code 1: vulnerabilities, or an expired exception. 3: the registry did not
 * respond, so the result is unknown.
 */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as z from "zod";

const root = join(import.meta.dirname, "..");

/** Severities that need an exception. Lower ones are only listed. */
const grave: ReadonlySet<string> = new Set(["high", "critical"]);

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

const excuses = z.array(
  z.strictObject({
    /** GHSA-xxxx-xxxx-xxxx */
    advisory: z.string().regex(/^GHSA(-[0-9a-z]{4}){3}$/),
    /** Reason why it does no harm here. */
    reason: z.string().min(10),
    /** Last day of the exception. */
    until: z.iso.date(),
  }),
);
export type Excuse = z.output<typeof excuses>[number];

export interface Findings {
  readonly faults: readonly string[];
  /** Notes that are no failures. */
  readonly remarks: readonly string[];
}

/**
 * @param today YYYY-MM-DD
 * @returns undefined if the output is not a report, because npm could not reach its registry
 */
export function judge(output: string, allowed: readonly Excuse[], today: string): Findings | undefined {
  const read = report.safeParse(parseJson(output));
  if (!read.success) return undefined;
  const found = new Map(
    Object.values(read.data.vulnerabilities)
      .flatMap(({ via }) => via.filter((cause) => typeof cause !== "string"))
      .map((cause) => [cause.url.split("/").at(-1) ?? cause.url, cause]),
  );
  const faults: string[] = [];
  const remarks: string[] = [];
  for (const [id, { severity, name, range, title, url }] of found) {
    const excuse = allowed.find(({ advisory }) => advisory === id);
    const line = `${severity}: ${name} ${range}, ${title} (${url})`;
    if (!grave.has(severity)) remarks.push(line);
    else if (!excuse) faults.push(line);
    else if (excuse.until < today) faults.push(`${line}; excused until ${excuse.until}: ${excuse.reason}`);
    else remarks.push(`${line}; excused until ${excuse.until}: ${excuse.reason}`);
  }
  for (const { advisory } of allowed) {
    if (!found.has(advisory)) remarks.push(`ci/audit-allow.json: ${advisory} is gone, and its excuse can go`);
  }
  return { faults, remarks };
}

/** Joins reports of several packages; returns the first that is no report, if there is one. */
export function joinReports(outputs: readonly string[]): string {
  const none = outputs.find((output) => !report.safeParse(parseJson(output)).success);
  if (none !== undefined) return none;
  const all = outputs.map((output) => report.parse(parseJson(output)).vulnerabilities);
  const named = all.flatMap((vulnerabilities, index) =>
    Object.entries(vulnerabilities).map(([name, value]) => [`${index} ${name}`, value]),
  );
  return JSON.stringify({ vulnerabilities: Object.fromEntries(named) });
}

export function readExcuses(text: string): Excuse[] {
  return excuses.parse(JSON.parse(text));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

if (import.meta.main) {
  const reports = [root, join(root, "ci")].map(
    (cwd) => spawnSync("npm", ["audit", "--json"], { cwd, encoding: "utf8" }).stdout,
  );
  const output = joinReports(reports);
  const allowed = readExcuses(readFileSync(join(root, "ci/audit-allow.json"), "utf8"));
  const findings = judge(output, allowed, new Date().toISOString().slice(0, 10));
  if (findings) {
    const { faults, remarks } = findings;
    for (const remark of remarks) console.log(`note    ${remark}`);
    for (const fault of faults) console.error(`failed  ${fault}`);
    console.log(
      faults.length === 0
        ? "No vulnerability that matters is known."
        : `${faults.length} to mend or to excuse.`,
    );
    process.exitCode = faults.length === 0 ? 0 : 1;
  } else {
    const { message = "it answered nothing" } = (parseJson(output) ?? {}) as { message?: string };
    console.error(`NOT CHECKED: npm audit got no answer from its registry: ${message}`);
    process.exitCode = 3;
  }
}
