/** Bundles for `npm start`: functions, exporter and static files in one folder. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { constants as zlib } from "node:zlib";
import { stop } from "esbuild";
import { bundle, bundleExporter } from "../../infra/build/bundle.ts";
import { writeDocsAssets } from "../../infra/build/docs-assets.ts";
import { writeWebAssets } from "../../infra/build/web-assets.ts";

/**
 * Builds the bundles of a run in its data folder, so that runs of one checkout share no files.
 *
 * @returns the folder
 */
export async function buildBundles(dataDir: string): Promise<string> {
  const root = join(dataDir, "bundles");
  rmSync(root, { recursive: true, force: true });
  await writeBundles(root);
  return root;
}

export async function writeBundles(root: string): Promise<void> {
  await Promise.all([
    bundle({ outdir: join(root, "dist"), deploy: false }),
    bundleExporter(exporterIn(root)),
    writeWebAssets(join(root, "dist/web-assets"), "fast"),
  ]);
  await stop(); // ends the bundler's process
  writeDocsAssets(join(root, "dist/docs-assets"), zlib.Z_BEST_SPEED);
}

export function exporterIn(root: string): string {
  return join(root, "dist/exporter.mjs");
}
