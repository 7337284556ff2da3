import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/** Reduces the package.json of SDK clients to the version, which is all that they read of it. */
export const packageVersions: Plugin = {
  name: "package-versions",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]@aws-sdk[\\/]client-[\w-]+[\\/]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, "utf8"));
      return { contents: JSON.stringify({ version }), loader: "json" };
    });
  },
};
