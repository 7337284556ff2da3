import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { askHelper } from "../processes/helper.ts";
import { deleteCache, readCache, writeCache } from "./cache.ts";

/**
 * Builds the bundles of a run in its data folder, so that runs of one checkout share no files. Those of the last run
 * stay if they are of the same code.
 *
 * @param code digest of the code
 * @returns the folder
 */
export async function buildBundles(dataDir: string, code: string): Promise<string> {
  const root = join(dataDir, "bundles");
  if (existsSync(root) && readCache(dataDir, "bundles", code)) return root;
  deleteCache(dataDir, "bundles"); // first, because a killed build leaves some of them
  rmSync(root, { recursive: true, force: true });
  await askHelper("Bundling", new URL("./bundle-helper.ts", import.meta.url), [root]);
  writeCache(dataDir, "bundles", code, true);
  return root;
}

/** Returns the embedded SQS among the bundles of the npm package. */
export function prebuiltSqsServer(root: string): string {
  return join(root, "dist/sqs-server.mjs");
}

export function exporterIn(root: string): string {
  return join(root, "dist/exporter.mjs");
}
