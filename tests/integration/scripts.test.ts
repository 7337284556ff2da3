import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import packageJson from "../../package.json" with { type: "json" };

const run = promisify(execFile);
const root = join(import.meta.dirname, "../..");

/** Scripts that pass their arguments to a tool, which has help of its own. */
const tool = /^(tsc|vitest)\b/;

const scripts = Object.entries(packageJson.scripts).flatMap(([name, script]) =>
  tool.test(script) ? [] : [name],
);

test("every script either runs cli.ts or a tool", () => {
  expect(scripts.length).toBeGreaterThan(20);
  for (const name of scripts) {
    expect(packageJson.scripts[name as keyof typeof packageJson.scripts]).toContain(`cli.ts ${name}`);
  }
});

const helps = scripts.flatMap((name) => ["--help", "-h"].map((option) => [name, option] as const));

test.concurrent.each(helps)("npm run %s -- %s shows its usage", async (name, option) => {
  const { stdout } = await run(process.execPath, ["cli.ts", name, option], { cwd: root });
  const [usage, blank, summary, ...rest] = stdout.split("\n");
  expect(usage).toMatch(new RegExp(`^Usage: npm (run )?${name} -- `));
  expect(blank).toBe("");
  expect(summary).toMatch(/^[A-Z].*\.$/);
  expect(rest.join("\n")).toMatch(/Options:[\s\S]*--help/);
  expect(rest.join("\n")).toMatch(/Examples:\n {2}# [A-Z].*\n {2}npm /);
});

test("an unknown command is an error that lists the commands", async () => {
  const failed = await run(process.execPath, ["cli.ts", "unknown"], { cwd: root }).catch((error) => error);
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain("unknown");
  expect(failed.stderr).toContain("Usage: incident-platform <command> [options]");
});

test("--version shows the version", async () => {
  const { stdout } = await run(process.execPath, ["cli.ts", "--version"], { cwd: root });
  expect(stdout).toBe(`${packageJson.version}\n`);
});

test("an unknown system of an import is an error that lists the systems", async () => {
  const failed = await run(process.execPath, ["cli.ts", "import", "pagerdty", "export"], { cwd: root }).catch(
    (error) => error,
  );
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain("give one file, or one of opsgenie, pagerduty, grafana-oncall");
});

test("an unknown option is an error that shows the usage", async () => {
  const failed = await run(process.execPath, ["cli.ts", "dlq", "list", "--nonsense"], { cwd: root }).catch(
    (error) => error,
  );
  expect(failed.code).toBe(1);
  expect(failed.stderr).toContain("unknown option '--nonsense'");
  expect(failed.stderr).toContain("Usage: npm run dlq -- list [options]\nAdd --help for all options.");
});
