import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

/** A change of a package's file, which leaves out what bundles never run. */
export interface Edit {
  readonly file: RegExp;
  readonly change: (text: string) => string;
}

/** Changes files of packages while they are bundled. A new release that an edit does not fit fails the build. */
export function editedFiles(name: string, edits: readonly Edit[]): Plugin {
  return {
    name,
    setup({ onLoad }) {
      for (const { file, change } of edits) {
        onLoad({ filter: file }, async ({ path }) => {
          const text = await readFile(path, "utf8");
          const contents = change(text);
          if (contents === text) throw new Error(`${name}: ${path} has changed`);
          return { contents };
        });
      }
    },
  };
}
