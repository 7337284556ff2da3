import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

export interface ChildSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** Names the process on disk, so that the next start finds one that outlived us. */
  readonly pidFile: string;
  /** Where it prints: a file descriptor takes its errors, `inherit` shows all of it where we print. */
  readonly output: number | "inherit";
  /** Resolves once the child serves; raced against its exit. */
  readonly ready: (child: ChildProcess) => Promise<void>;
}

export interface Child {
  readonly pid: number;
  /** Asks it to end, insists after three seconds. */
  stop(): Promise<void>;
  /** For an `exit` handler, where nothing can be awaited. */
  killNow(): void;
}

/**
 * Ends the child's process group once our end of its standard input closes, so when we are gone, however we went.
 * The shell becomes the child by `exec`: its process id is the child's.
 */
const TETHER =
  'exec 9<&0 </dev/null; (read -r _ <&9; kill -KILL "-$$") 3<&- >/dev/null 2>&1 & exec "$@" 9<&-';

/** Environment variable of a child that holds the path of its pid file. */
const MARK = "PLATFORM_CHILD";

/**
 * Starts a long-lived helper process and starts it again whenever it ends before `stop`.
 * It never outlives this process. `detached` keeps a Ctrl-C of the terminal from it: it has to outlive the work that
 * still needs it.
 */
export async function startChild(spec: ChildSpec): Promise<Child> {
  let stopping = false;
  let relaunching = Promise.resolve();
  let current: ChildProcess | undefined;
  process.once("exit", killNow);
  try {
    await launch();
  } catch (error) {
    killNow();
    throw error;
  }

  async function launch(): Promise<void> {
    const child = spawn("/bin/sh", ["-c", TETHER, "sh", spec.command, ...spec.args], {
      detached: true,
      stdio: ["pipe", spec.output === "inherit" ? "inherit" : "ignore", spec.output, "ipc"],
      env: { ...(spec.env ?? process.env), [MARK]: spec.pidFile },
    });
    current = child;
    const gone = once(child, "exit").then(([code, signal]) => {
      throw new Error(`${spec.name} ended with ${code ?? signal}`);
    });
    gone.catch(() => {});
    if (child.pid) writePidFile(child.pid);
    await Promise.race([spec.ready(child), gone]);
    child.once("exit", (code, signal) => {
      if (!stopping) relaunching = relaunch(`${spec.name} ended with ${code ?? signal}`);
    });
  }

  async function relaunch(reason: string): Promise<void> {
    console.error(`${reason}; starting it again.`);
    for (let waitMs = 100; !stopping; waitMs = Math.min(waitMs * 2, 5_000)) {
      await delay(waitMs);
      if (stopping) return;
      try {
        return await launch();
      } catch {
        // It is tried again, after a longer wait.
      }
    }
  }

  /** Only the next start after a crash misses the file: no reason to do without the child. */
  function writePidFile(pid: number): void {
    try {
      writeFileSync(spec.pidFile, `${pid}\n`);
    } catch {}
  }

  function killNow(): void {
    stopping = true;
    process.off("exit", killNow);
    current?.kill("SIGKILL");
    rmSync(spec.pidFile, { force: true });
  }

  return {
    get pid() {
      return current?.pid ?? -1;
    },
    async stop() {
      stopping = true;
      const insist = setTimeout(() => current?.kill("SIGKILL"), 3_000);
      current?.kill("SIGTERM");
      await relaunching;
      if (current?.pid && current.exitCode === null && current.signalCode === null) {
        await once(current, "exit");
      }
      clearTimeout(insist);
      process.off("exit", killNow);
      rmSync(spec.pidFile, { force: true });
    },
    killNow,
  };
}

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
  return environment(pid).includes(`${MARK}=${pidFile}`);
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

/** For `ready`: resolves once the child says so. */
export function saysReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once("message", () => resolve()));
}
