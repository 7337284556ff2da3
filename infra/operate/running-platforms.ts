/** Records which platforms run on this machine, so that a tool that knows the HTTP port finds the emulators. */
import { lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import * as z from "zod";

const runningPlatform = z.object({
  pid: z.int(),
  httpPort: z.int(),
  /** Port of the embedded DynamoDB; null where the platform uses an endpoint such as LocalStack. */
  emulatorPort: z.int().nullable(),
  endpoint: z.string().nullable(),
  /** Absolute path. Platforms that were started by version 0.2.0 have not recorded it. */
  dataDir: z.string().optional(),
});

export type RunningPlatform = z.output<typeof runningPlatform>;

function folder(): string {
  return join(tmpdir(), `incident-platform-${process.getuid?.() ?? "user"}`);
}

/** Records a platform until this process ends. A machine without a writable folder for it goes without the record. */
export function recordPlatform(platform: RunningPlatform): void {
  const file = join(folder(), `${platform.httpPort}.json`);
  try {
    mkdirSync(folder(), { recursive: true, mode: 0o700 });
    if (!isOurs(folder())) return;
    rmSync(file, { force: true });
    writeFileSync(file, JSON.stringify(platform), { flag: "wx", mode: 0o600 });
  } catch {
    return;
  }
  process.once("exit", () => rmSync(file, { force: true }));
}

/** Returns the platforms whose process is alive. */
export function runningPlatforms(): RunningPlatform[] {
  if (!isOurs(folder())) return [];
  return filesIn(folder()).flatMap((file) => {
    const { data } = runningPlatform.safeParse(parsed(file));
    return data && isAlive(data.pid) ? [data] : [];
  });
}

/** Returns true if no other user of the machine can have written there: the temporary folder is everyone's. */
function isOurs(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (!stats?.isDirectory()) return false;
  return process.getuid === undefined || (stats.uid === process.getuid() && (stats.mode & 0o022) === 0);
}

function filesIn(path: string): string[] {
  try {
    return readdirSync(path).map((name) => join(path, name));
  } catch {
    return [];
  }
}

function parsed(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8"));
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
