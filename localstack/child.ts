import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { PID_FILE_VARIABLE } from "../infra/operate/reap.ts";

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
      env: { ...(spec.env ?? process.env), [PID_FILE_VARIABLE]: spec.pidFile },
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

/** For `ready`: resolves once the child says so. */
export function saysReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once("message", () => resolve()));
}
