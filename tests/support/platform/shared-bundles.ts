import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { writeBundles } from "../../../localstack/platform/write-bundles.ts";

/**
 * Bundles shared by the platforms of a test run, built on first use.
 *
 * @returns undefined outside a test run
 */
export async function sharedBundles(): Promise<string | undefined> {
  const run = process.env.TEST_RUN_FOLDER;
  if (!run) return undefined;
  const root = join(run, "bundles");
  const built = join(run, "bundles-built");
  if (createFolder(root)) {
    await writeBundles(root);
    writeFileSync(built, "");
  } else {
    while (!existsSync(built)) await delay(20);
  }
  return root;
}

/** @returns false if another process has already created it */
function createFolder(path: string): boolean {
  try {
    mkdirSync(path);
    return true;
  } catch {
    return false;
  }
}
