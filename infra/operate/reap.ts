import { spawnSync } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

/** Environment variable of a child process of the platform. It holds the path of the child's pid file. */
export const PID_FILE_VARIABLE = "PLATFORM_CHILD";

/**
 * Ends the process that `pidFile` names and waits until it is gone: what a killed parent left behind.
 * Process ids are reused: another process than the child of this file is left alone.
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
    } catch {} // gone by itself
    while (isChildOf(pidFile, pid)) await delay(5);
  }
  rmSync(pidFile, { force: true });
  return found;
}

/** False for a process that doesn't exist (or is a zombie). */
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
