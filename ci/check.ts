/** `npm run check`: static checks of code, contracts, bundles and configuration. */
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { Argument } from "commander";
import { createCommand } from "../infra/command.ts";
import { agreement } from "./checks/agreement.ts";
import { bundles } from "./checks/bundles.ts";
import type { Check, Outcome } from "./checks/check.ts";
import { compose, dockerfiles } from "./checks/container-tools.ts";
import { containers } from "./checks/containers.ts";
import { dashboards } from "./checks/dashboards.ts";
import { exportsCheck } from "./checks/exports.ts";
import { gitignore } from "./checks/gitignore.ts";
import { openapi } from "./checks/openapi.ts";
import { permissions } from "./checks/permissions.ts";
import { purity } from "./checks/purity.ts";
import { settings } from "./checks/settings.ts";
import { shell } from "./checks/shell.ts";
import { template } from "./checks/template.ts";
import { format, imports, types } from "./checks/tools.ts";
import { installTools } from "./install-tools.ts";

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
  exportsCheck,
  purity,
  shell,
  containers,
  dockerfiles,
  compose,
  gitignore,
];

const root = join(import.meta.dirname, "..");

export const command = createCommand("check", "Run the static checks.", [
  ["", "Run all checks"],
  ["types imports", "Run only the checks types and imports"],
])
  .addArgument(
    new Argument("[checks...]", "names of checks (default: all)").choices(checks.map(({ name }) => name)),
  )
  .option("--verbose", "also print the details of each check")
  .action((names: readonly string[], { verbose = false }: { verbose?: boolean }) =>
    runChecks(
      checks.filter(({ name }) => names.length === 0 || names.includes(name)),
      verbose,
    ),
  );

async function runChecks(wanted: readonly Check[], verbose: boolean): Promise<void> {
  installTools();
  process.chdir(root);
  const queue = [...wanted];
  const failed: { name: string; faults: readonly string[] }[] = [];
  const work = async () => {
    for (let check = queue.shift(); check; check = queue.shift()) {
      const startedAt = performance.now();
      const { faults, skipped, details } = await run(check);
      const seconds = ((performance.now() - startedAt) / 1000).toFixed(1);
      const outcome = faults.length > 0 ? "failed" : skipped ? "skipped" : "ok";
      console.log(
        `${outcome.padEnd(9)}${check.name.padEnd(16)}${seconds.padStart(6)} s  ${skipped ?? ""}`.trimEnd(),
      );
      if (verbose && details) console.log(indent(details()));
      if (faults.length > 0) failed.push({ name: check.name, faults });
    }
  };
  await Promise.all(Array.from({ length: availableParallelism() }, work));
  for (const { name, faults } of failed) console.log(`\n${name}\n${faults.map(indent).join("\n")}`);
  if (failed.length > 0) process.exitCode = 1;
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
