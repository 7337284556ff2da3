import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/** Uses of zod's conversion to JSON Schema, which every schema carries. */
const conversions: readonly [pattern: RegExp, replacement: string][] = [
  [/^\s*inst\._zod\.processJSONSchema = .*;$/gm, ""],
  [/createStandardJSONSchemaMethod\(this, "\w+"\)/g, "undefined"],
  [/createToJSONSchemaMethod\(this, \{\}\)\(params\)/g, "undefined"],
];

/** Leaves the conversion out of functions. Only the build converts schemas, for the OpenAPI document. */
export const withoutJsonSchema: Plugin = {
  name: "without-json-schema",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]zod[\\/]v4[\\/]classic[\\/]schemas\.js$/ }, async ({ path }) => ({
      contents: conversions.reduce(
        (text, [pattern, replacement]) => text.replaceAll(pattern, replacement),
        await readFile(path, "utf8"),
      ),
    }));
  },
};
