/** Scripts that run a tool: `npm run test:unit`, `format` and `secrets`. Further arguments go to the tool. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Command } from "commander";
import { createCommand } from "../infra/command.ts";
import { installTools } from "./install-tools.ts";

const root = join(import.meta.dirname, "..");

interface Tool {
  readonly summary: string;
  readonly title: string;
  /** Path of its program, then its arguments. */
  readonly runs: readonly [program: string, ...args: string[]];
  readonly examples: readonly (readonly [args: string, effect: string])[];
}

const tools = {
  "test:unit": {
    summary: "Run the unit tests.",
    title: "Vitest",
    runs: ["node_modules/.bin/vitest", "run", "--project", "unit"],
    examples: [
      ["", "Run all unit tests"],
      ["infra/operate/target.test.ts", "Run one file"],
    ],
  },
  format: {
    summary: "Format all files and fix what the linter can fix.",
    title: "Biome",
    runs: ["ci/node_modules/.bin/biome", "check", "--write", "."],
    examples: [
      ["", "Format all files"],
      ["--unsafe", "Apply fixes that may change behavior, too"],
    ],
  },
  secrets: {
    summary: "Find secrets in the files of the repository.",
    title: "secretlint",
    runs: ["ci/node_modules/.bin/secretlint", "**/*"],
    examples: [["", "Check all files"]],
  },
} satisfies Record<string, Tool>;

export type ToolName = keyof typeof tools;

export function toolCommand(name: ToolName): Command {
  const { summary, title, runs, examples }: Tool = tools[name];
  return createCommand(name, summary, examples)
    .argument("[arguments...]", `further arguments and options of ${title}`)
    .allowUnknownOption()
    .action((args: readonly string[]) => {
      installTools();
      const [program, ...always] = runs;
      const { status } = spawnSync(join(root, program), [...always, ...args], {
        cwd: root,
        stdio: "inherit",
      });
      process.exitCode = status ?? 1;
    });
}
