/** Processes of a test's platform, identified by their environment. Linux only. */
import { readdirSync, readFileSync } from "node:fs";

/** Command lines of the running processes with this `DATA_DIR`. */
export function processesOn(dataDir: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const environment = readFileSync(`/proc/${pid}/environ`, "utf8").split("\0");
        const commandLine = readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ").trim();
        return environment.includes(`DATA_DIR=${dataDir}`) ? `${pid} ${commandLine}` : [];
      } catch {
        return []; // it has ended in the meantime
      }
    });
}
