/** Values that a file exports, and no other file imports. Types may be exported with the functions that mention them. */
import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Check } from "./check.ts";

/** Functions are entry points, and benchmarks choose files by their name. */
const exporting = /^(ci|infra|localstack|monitoring|shared)\/.*\.tsx?$/;

export const exportsCheck: Check = {
  name: "exports",
  async run(root) {
    const files = globSync(
      ["*.ts", "{bin,ci,functions,infra,localstack,monitoring,shared,tests}/**/*.{ts,tsx,mjs,cjs}"],
      { cwd: root, exclude: (path) => path.split("/").includes("node_modules") },
    );
    return {
      faults: unusedExports(
        new Map(files.sort().map((path) => [path, readFileSync(join(root, path), "utf8")])),
      ),
    };
  },
};

const valueExport = /^export (?:async )?(?:function\*?|const|class) (\w+)/gm;
const importClause = /\b(?:import|export)\s+(?:type\s+)?([\w\s,*]*(?:\{[^}]*\})?)\s*from\s*"(\.[^"]+)"/g;
const wholeModule = /\b(?:import|require)\(\s*"(\.[^"]+)"\s*\)|\bimport\s+"(\.[^"]+)"/g;

/** @param sources texts by path */
export function unusedExports(sources: ReadonlyMap<string, string>): string[] {
  const imported = new Set([...sources].flatMap(([path, text]) => importsOf(path, text)));
  return [...sources]
    .filter(([path]) => exporting.test(path) && !imported.has(`${path} *`))
    .flatMap(([path, text]) =>
      [...text.matchAll(valueExport)]
        .map(([, name]) => name)
        .filter((name) => !imported.has(`${path} ${name}`))
        .map((name) => `${path}: no other file imports ${name}`),
    );
}

/** Returns `path name` of each import of another file, and `path *` if it may be of anything. */
function importsOf(path: string, text: string): string[] {
  const target = (specifier = "") => join(dirname(path), specifier);
  return [
    ...[...text.matchAll(importClause)].flatMap(([, clause = "", specifier]) =>
      namesIn(clause).map((name) => `${target(specifier)} ${name}`),
    ),
    ...[...text.matchAll(wholeModule)].map(([, dynamic, effects]) => `${target(dynamic ?? effects)} *`),
  ];
}

function namesIn(clause: string): string[] {
  if (clause.includes("*")) return ["*"];
  const listed = /\{([^}]*)\}/.exec(clause)?.[1] ?? "";
  return listed.split(",").map(
    (part) =>
      part
        .replace(/\btype\s/, "")
        .split(/\sas\s/)[0]
        ?.trim() ?? "",
  );
}
