import { readFile } from "node:fs/promises";
import { extname, resolve } from "node:path";
import type { Loader, Plugin } from "esbuild";

/**
 * Keeps what a split bundle loads first in one chunk. esbuild makes a chunk of each set of files that the same parts
 * need, which are up to two dozen, and each file takes time to load. A part that imports the bundle needs all of its
 * files, so that these are one set.
 *
 * @param entry file of the bundle
 */
export function oneFirstChunk(entry: string): Plugin {
  const statement = `\nexport { handler } from ${JSON.stringify(resolve(entry))};\n`;
  return {
    name: "one-first-chunk",
    setup({ onLoad, onResolve }) {
      onResolve({ filter: /^\.{1,2}\// }, ({ kind, path, resolveDir }) =>
        kind === "dynamic-import" ? { path: resolve(resolveDir, path), pluginData: statement } : undefined,
      );
      onLoad({ filter: /\.tsx?$/ }, async ({ path, pluginData }) =>
        pluginData === statement
          ? {
              contents: (await readFile(path, "utf8")) + statement,
              loader: extname(path).slice(1) as Loader,
            }
          : undefined,
      );
    },
  };
}
