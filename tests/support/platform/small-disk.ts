/** A small file system of its own, which only root may mount. */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { onTestFinished } from "vitest";
import { temporaryFolder } from "./platform.ts";

/** Returns a folder on a disk of this size until the test or its process ends, or undefined where it can't be mounted. */
export function smallDisk(size: string): string | undefined {
  const folder = temporaryFolder();
  const { status } = spawnSync("mount", ["-t", "tmpfs", "-o", `size=${size}`, "tmpfs", folder]);
  if (status !== 0) return undefined;
  // Its input also ends if this process is killed.
  const unmount = spawn("sh", ["-c", 'read -r _; umount -l "$0"', folder], {
    stdio: ["pipe", "ignore", "ignore"],
    detached: true,
  });
  onTestFinished(async () => {
    unmount.stdin.end();
    await once(unmount, "exit");
  });
  return folder;
}
