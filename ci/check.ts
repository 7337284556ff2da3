/**
 * `npm run check`: static checks of the repository. `npm run check -- --verbose` shows details, and `npm run
 * check -- types imports` runs only the named checks.
 */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { agreement } from "./checks/agreement.ts";
import { bundles } from "./checks/bundles.ts";
import type { Check, Outcome } from "./checks/check.ts";
import { compose, dockerfiles } from "./checks/container-tools.ts";
import { containers } from "./checks/containers.ts";
import { dashboards } from "./checks/dashboards.ts";
import { gitignore } from "./checks/gitignore.ts";
import { openapi } from "./checks/openapi.ts";
import { permissions } from "./checks/permissions.ts";
import { purity } from "./checks/purity.ts";
import { settings } from "./checks/settings.ts";
import { shell } from "./checks/shell.ts";
import { template } from "./checks/template.ts";
import { format, imports, types } from "./checks/tools.ts";

// Longest first.
const checks: readonly Check[] = [
  template,
  types,
  format,
  imports,
  bundles,
  permissions,
  openapi,
  agreement,
  dashboards,
  settings,
  purity,
  shell,
  containers,
  dockerfiles,
  compose,
  gitignore,
];

const root = join(import.meta.dirname, "..");
process.chdir(root);
const verbose = process.argv.includes("--verbose");
const wanted = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
const unknown = wanted.filter((name) => !checks.some((check) => check.name === name));
if (unknown.length > 0) {
  console.error(`No check ${unknown.join(", ")}; there are ${checks.map(({ name }) => name).join(", ")}.`);
  process.exit(2);
}

const queue = checks.filter(({ name }) => wanted.length === 0 || wanted.includes(name));
const failed: { name: string; faults: readonly string[] }[] = [];
await Promise.all(Array.from({ length: availableParallelism() }, work));
for (const { name, faults } of failed) console.log(`\n${name}\n${faults.map(indent).join("\n")}`);
if (failed.length > 0) process.exitCode = 1;

async function work(): Promise<void> {
  for (let check = queue.shift(); check; check = queue.shift()) {
    const startedAt = performance.now();
    const { faults, skipped, details } = await run(check);
    const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
    const word = faults.length > 0 ? "failed" : skipped ? "skipped" : "ok";
    console.log(
      `${word.padEnd(9)}${check.name.padEnd(16)}${seconds.padStart(6)} s  ${skipped ?? ""}`.trimEnd(),
    );
    if (verbose && details) console.log(indent(details()));
    if (faults.length > 0) failed.push({ name: check.name, faults });
  }
}

async function run(check: Check): Promise<Outcome> {
  try {
    return await check.run(root);
  } catch (error) {
    return { faults: [error instanceof Error ? (error.stack ?? error.message) : String(error)] };
  }
}

function indent(text: string): string {
  return text.replace(/^/gm, "  ");
}
