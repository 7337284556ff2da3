import { join, resolve } from "node:path";
import { build } from "esbuild";

/**
 * Bundles a module that uses pages, because Node does not run JSX. Packages stay external, so that their clients are
 * metered.
 *
 * @param contents code with imports relative to the project
 * @returns the file
 */
export async function bundlePages(name: string, contents: string): Promise<string> {
  const root = resolve(import.meta.dirname, "../..");
  const outfile = join(root, `coverage/bench-${name}.mjs`);
  await build({
    stdin: { contents, resolveDir: root, loader: "tsx" },
    outfile,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
    jsx: "automatic",
    jsxImportSource: "hono/jsx",
    logLevel: "warning",
  });
  return outfile;
}
