import { rmSync } from "node:fs";
import { join } from "node:path";
import { askHelper } from "../processes/helper.ts";

/**
 * Builds the bundles of a run in its data folder, so that runs of one checkout share no files.
 *
 * @returns the folder
 */
export async function buildBundles(dataDir: string): Promise<string> {
  const root = join(dataDir, "bundles");
  rmSync(root, { recursive: true, force: true });
  await askHelper("Bundling", new URL("./bundle-helper.ts", import.meta.url), [root]);
  return root;
}

export function exporterIn(root: string): string {
  return join(root, "dist/exporter.mjs");
}
