import { closeSync, openSync, rmSync, writeSync } from "node:fs";
import { join } from "node:path";
import { onTestFinished, test } from "vitest";
import { startPlatform } from "../support/platform/platform.ts";
import { smallDisk } from "../support/platform/small-disk.ts";
import { startStorm } from "./storm.ts";

test("a disk that is full for a while in a storm costs a 503 at most", async ({ skip }) => {
  const dataDir = smallDisk("64m");
  if (!dataDir) return skip("No small disk: only root can mount one.");
  const platform = await startPlatform({ dataDir });
  onTestFinished(async () => void (await platform.stop()));
  const storm = await startStorm(platform);
  await storm.accepts(60);
  const ballast = fillDisk(dataDir);
  await storm.refuses(10);
  rmSync(ballast);
  await storm.accepts(60);
  await storm.expectNothingLost();
});

/** Returns the file that takes all that was left. */
function fillDisk(folder: string): string {
  const file = join(folder, "ballast");
  const descriptor = openSync(file, "w");
  for (let block = Buffer.alloc(1 << 20); block.length > 0; ) {
    try {
      writeSync(descriptor, block);
    } catch {
      block = block.subarray(0, block.length >> 1);
    }
  }
  closeSync(descriptor);
  return file;
}
