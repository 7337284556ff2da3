import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

/**
 * Fills a folder that all workers of a test run share, on first use.
 *
 * @returns the folder, or undefined outside a test run
 */
export async function sharedFolder(
  name: string,
  fill: (folder: string) => Promise<void>,
): Promise<string | undefined> {
  const run = process.env.TEST_RUN_FOLDER;
  if (!run) return undefined;
  const folder = join(run, name);
  const filled = join(run, `${name}-filled`);
  if (createFolder(folder)) {
    await fill(folder);
    writeFileSync(filled, "");
  } else {
    while (!existsSync(filled)) await delay(20);
  }
  return folder;
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
