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
 * Starts a long-lived helper process and starts it again whenever it ends before `stop`.
 * `detached` keeps a Ctrl-C of the terminal from it: it has to outlive the work that still needs it.
 */
export async function startChild(spec: ChildSpec): Promise<Child> {
  let stopping = false;
  let relaunching = Promise.resolve();
  let current = await launch();

  async function launch(): Promise<ChildProcess> {
    const child = spawn(spec.command, spec.args, {
      detached: true,
      stdio: ["ignore", spec.output === "inherit" ? "inherit" : "ignore", spec.output, "ipc"],
      ...(spec.env && { env: spec.env }),
    });
    const gone = once(child, "exit").then(([code, signal]) => {
      throw new Error(`${spec.name} ended with ${code ?? signal}`);
    });
    gone.catch(() => {});
    writeFileSync(spec.pidFile, `${child.pid}\n`);
    await Promise.race([spec.ready(child), gone]);
    child.once("exit", (code, signal) => {
      if (!stopping) relaunching = relaunch(`${spec.name} ended with ${code ?? signal}`);
    });
    return child;
  }

  async function relaunch(reason: string): Promise<void> {
    console.error(`${reason}; starting it again.`);
    for (let waitMs = 100; !stopping; waitMs = Math.min(waitMs * 2, 5_000)) {
      await delay(waitMs);
      const child = await launch().catch(() => undefined);
      if (child) {
        current = child;
        return;
      }
    }
  }

  return {
    get pid() {
      return current.pid ?? -1;
    },
    async stop() {
      stopping = true;
      await relaunching;
      if (current.exitCode === null && current.signalCode === null) {
        const exited = once(current, "exit");
        current.kill("SIGTERM");
        const insist = setTimeout(() => current.kill("SIGKILL"), 3_000);
        await exited;
        clearTimeout(insist);
      }
      rmSync(spec.pidFile, { force: true });
    },
    killNow() {
      stopping = true;
      current.kill("SIGKILL");
      rmSync(spec.pidFile, { force: true });
    },
  };
}

/**
 * Ends the process that `pidFile` names and waits until it is gone: what a killed parent left behind.
 * Process ids are reused, so its command line has to contain `marker`.
 */
export async function reap(pidFile: string, marker: string): Promise<boolean> {
  let pid: number;
  try {
    pid = Number(readFileSync(pidFile, "utf8"));
  } catch {
    return false;
  }
  const found = Number.isInteger(pid) && pid > 1 && commandLine(pid).includes(marker);
  if (found) {
    process.kill(pid, "SIGKILL");
    while (commandLine(pid).includes(marker)) await delay(5);
  }
  rmSync(pidFile, { force: true });
  return found;
}

/** Empty for a process that doesn't exist (or is a zombie). */
function commandLine(pid: number): string {
  if (process.platform === "linux") {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
    } catch {
      return "";
    }
  }
  return spawnSync("ps", ["-o", "command=", "-p", String(pid)], { encoding: "utf8" }).stdout ?? "";
}

/** For `ready`: resolves once the child says so. */
export function saysReady(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => child.once("message", () => resolve()));
}
