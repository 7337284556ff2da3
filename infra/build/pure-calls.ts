import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/** Top-level calls that only prepare a value. Bundles drop them if the value is unused. */
const prepared = /(?<=^(?:export )?const \w+ = )(?=(?:lazy|cached|ttlCache|secretsLoader)\()/gm;

/**
 * Marks these calls as pure in shared/runtime/. The functions are annotated with `@__NO_SIDE_EFFECTS__`, which esbuild
 * reads within a file only (evanw/esbuild#4369).
 */
export const pureCalls: Plugin = {
  name: "pure-calls",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]shared[\\/]runtime[\\/](?:[\w-]+[\\/])*[\w-]+\.ts$/ }, async ({ path }) => ({
      contents: (await readFile(path, "utf8")).replaceAll(prepared, "/* @__PURE__ */ "),
      loader: "ts",
    }));
  },
};
