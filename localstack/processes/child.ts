import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { rmSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { PID_FILE_VARIABLE } from "../../infra/operate/reap.ts";
import { NODE_SETTINGS } from "./node-settings.ts";

interface ChildSpec {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  /** File with the process ID, so that the next start finds a process that outlived this one. */
  readonly pidFile: string;
  /** Destination of its output: a file descriptor for errors, or `inherit` for everything. */
  readonly output: number | "inherit";
  /** Resolves once the child is ready. Rejects if it exits before. */
  readonly ready: (child: ChildProcess) => Promise<void>;
}

export interface Child {
  readonly pid: number;
  /** Terminates the child, and kills it after three seconds. */
  stop(): Promise<void>;
  /** For an `exit` handler, which cannot wait. */
  killNow(): void;
}

/**
 * Ends the child's process group when its standard input closes, which also happens if this process is
 * killed. The shell replaces itself by `exec`, so the process ID is the child's.
 */
const TETHER =
  'exec 9<&0 </dev/null; (read -r _ <&9; kill -KILL "-$$") 3<&- >/dev/null 2>&1 & exec "$@" 9<&-';

/**
 * Starts a long-lived child process and restarts it until `stop`. It never outlives this process. `detached`
 * protects it from Ctrl-C, so that it outlives the work that needs it.
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
      env: { ...(spec.env ?? process.env), ...NODE_SETTINGS, [PID_FILE_VARIABLE]: spec.pidFile },
    });
    current = child;
    const gone = once(child, "exit").then(([code, signal]) => {
      throw new Error(`${spec.name} exited with ${code ?? signal}`);
    });
    gone.catch(() => {});
    if (child.pid) writePidFile(child.pid);
    await Promise.race([spec.ready(child), gone]);
    child.once("exit", (code, signal) => {
      if (!stopping) relaunching = relaunch(`${spec.name} exited with ${code ?? signal}`);
    });
  }

  async function relaunch(reason: string): Promise<void> {
    console.error(`${reason}; restarting it.`);
    for (let waitMs = 100; !stopping; waitMs = Math.min(waitMs * 2, 5_000)) {
      await delay(waitMs);
      if (stopping) return;
      try {
        return await launch();
      } catch {
        // Retried after a longer wait.
      }
    }
  }

  /** A missing file only affects the next start after a crash. */
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

/** For `ready`: resolves once the child reports it. */
export function saysReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once("message", () => resolve()));
}
