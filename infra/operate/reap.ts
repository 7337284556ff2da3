import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** Environment variable of a child process with the path of its pid file. */
export const PID_FILE_VARIABLE = "PLATFORM_CHILD";

/**
 * Ends the process in `pidFile`, left by a killed parent, and waits for its exit. Other processes with a
 * reused ID are not affected.
 */
export async function reap(pidFile: string): Promise<boolean> {
  let pid: number;
  try {
    pid = Number(readFileSync(pidFile, "utf8"));
  } catch {
    return false;
  }
  const found = Number.isInteger(pid) && pid > 1 && isChildOf(pidFile, pid);
  if (found) {
    try {
      process.kill(pid, "SIGKILL");
    } catch {} // already ended
    while (isChildOf(pidFile, pid)) await delay(5);
  }
  rmSync(pidFile, { force: true });
  return found;
}

/** Returns false for a process that does not exist or is a zombie. */
function isChildOf(pidFile: string, pid: number): boolean {
  return environment(pid).includes(`${PID_FILE_VARIABLE}=${pidFile}`);
}

function environment(pid: number): readonly string[] {
  if (process.platform !== "linux") {
    const { stdout } = spawnSync("ps", ["eww", "-o", "command=", "-p", String(pid)], { encoding: "utf8" });
    return (stdout ?? "").trim().split(" ");
  }
  try {
    return readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
  } catch {
    return [];
  }
}
