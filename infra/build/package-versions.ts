import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/** Reduces each package.json to the version, which is all that SDK clients and the UI read of it. */
export const packageVersions: Plugin = {
  name: "package-versions",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, "utf8"));
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
  },
};
