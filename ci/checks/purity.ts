import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Check } from "./check.ts";

/** Expressions that make the domain impure. */
const impure: Readonly<Record<string, RegExp>> = {
  "Date.now": /\bDate\s*\.\s*now\b/,
  "new Date() without an argument": /\bnew\s+Date\b(?!\s*\(\s*[^\s)])/,
  "Date() as a function": /(?<!\bnew\s+)\bDate\s*\(/,
  "Temporal.Now": /\bTemporal\s*\.\s*Now\b/,
  "performance.now": /\bperformance\s*\.\s*now\b/,
  randomUUID: /\brandomUUID\b/,
  getRandomValues: /\bgetRandomValues\b/,
  "Math.random": /\bMath\s*\.\s*random\b/,
  "process.env": /\bprocess\b\s*[.[]/,
};

export const purity: Check = {
  name: "pure domain",
  async run(root) {
    const files = globSync("shared/domain/**/*.ts", {
      cwd: root,
      exclude: (path) => path.endsWith(".test.ts"),
    });
    return {
      faults: files.sort().flatMap((file) => impurities(file, readFileSync(join(root, file), "utf8"))),
    };
  },
};

export function impurities(file: string, source: string): string[] {
  const blank = (text: string) => text.replace(/[^\n]/g, " ");
  const code = source.replace(/\/\*[\s\S]*?\*\//g, blank).replace(/(?<![:"'`])\/\/.*/g, blank);
  return code
    .split("\n")
    .flatMap((line, index) =>
      Object.entries(impure).flatMap(([name, pattern]) =>
        pattern.test(line)
          ? [`${file}:${index + 1}: ${name}: pass times and random values as arguments`]
          : [],
      ),
    );
}
