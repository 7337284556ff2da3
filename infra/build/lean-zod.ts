import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { lazy } from "../../shared/caching/lazy.ts";
import { editedFiles } from "./edited-files.ts";

const root = join(import.meta.dirname, "../..");

/** Methods that sources or zod itself call, such as `optional`. */
const calledMethods = lazy(() => {
  const sources = ["{functions,shared}/**/*.{ts,tsx}", "node_modules/zod/v4/{classic,core}/*.js"];
  const files = globSync(sources, { cwd: root });
  return new Set(
    files.flatMap((file) => readFileSync(join(root, file), "utf8").match(/(?<=\.)\w+(?=\()/g) ?? []),
  );
});

const method = /^ {4}(\w+)\(.*\) \{\n(?: {8}.*\n)+ {4}\},$/gm;

const inSchemas: readonly [pattern: RegExp, replacement: string][] = [
  // The conversion to JSON Schema. Only the build converts schemas, for the OpenAPI document.
  [/^\s*inst\._zod\.processJSONSchema = .*;$/gm, ""],
  [/createStandardJSONSchemaMethod\(this, "\w+"\)/g, "undefined"],
  [/createToJSONSchemaMethod\(this, \{\}\)\(params\)/g, "undefined"],
  // The limits that a schema reports, such as `minLength`.
  [
    /^ {4}\w+: \(inst\) => (processors\.aggregateChecks.*|\{\n {8}const .* = processors\.aggregateChecks[\s\S]*?\n {4}\}),$/gm,
    "",
  ],
  // Formats as methods of texts, such as `z.string().email()`, each with its implementation. `z.email()` stays.
  [/^ {4}\w+\(params\) \{\n {8}return this\.check\(core\._\w+\(Zod\w+, params\)\);\n {4}\},$/gm, ""],
  // Support of values that contain themselves, which JSON has none of.
  [/^ {4}if \(!core\.globalConfig\.memoizer\)\n.*$/gm, ""],
  // Encoding and decoding as methods, for codecs. Sources call `z.encode()`.
  [
    /^ {4}(async )?(safe)?(en|de)code(Async)?(: (async )?function \w+)?\(data, params\) \{\n.*\n {4}\},$/gim,
    "",
  ],
];

/** Leaves out the parts of zod that functions never use, but that every schema carries. */
export const leanZod = editedFiles("lean-zod", [
  {
    file: /[\\/]zod[\\/]v4[\\/]classic[\\/]schemas\.js$/,
    change: (text) =>
      inSchemas
        .reduce((left, [pattern, replacement]) => left.replaceAll(pattern, replacement), text)
        .replaceAll(method, (whole, name) => (calledMethods().has(name) ? whole : "")),
  },
]);
