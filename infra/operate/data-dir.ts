import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { Problem } from "../problem.ts";
import { reap } from "./reap.ts";

/** Kept for the lifetime of the process: a collected handle would release the lock. */
let lock: DatabaseSync;

/** Returns the absolute path of the embedded platform's data folder. @param setting DATA_DIR */
export function dataDirOf(setting: string | undefined): string {
  return resolve(setting || ".data");
}

/**
 * Creates the folder and locks it for this process. The lock is SQLite's file lock, which the kernel releases
 * when the process ends.
 *
 * @param advice what to do if another process holds the lock
 * @throws Problem if the folder is not writable or another process holds the lock
 */
export function holdDataDir(
  dataDir: string,
  advice = "Stop that one, or set DATA_DIR and the ports to run a second.",
): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    lock = new DatabaseSync(join(dataDir, "lock"));
  } catch (error) {
    throw new Problem(
      `Can't write to the data folder ${dataDir} (${reason(error)}). Set DATA_DIR to another.`,
    );
  }
  try {
    lock.exec("BEGIN EXCLUSIVE");
  } catch (error) {
    lock.close();
    throw new Problem(
      reason(error).includes("locked")
        ? `Already running on ${dataDir} (process ${holder(dataDir)}). ${advice}`
        : `Can't write to the data folder ${dataDir} (${reason(error)}). Set DATA_DIR to another.`,
    );
  }
  writeFileSync(join(dataDir, "platform.pid"), `${process.pid}\n`);
}

/** Files of the platform in its data folder. The lock is deleted last. */
const ours = [
  /^(dynamodb\.sqlite|fauxqs\.db)(-wal|-shm|-journal)?$/,
  /^(platform|dynamodb|sqs|worker|exporter)\.pid$/,
  /^(platform|emulators|exporter)\.log(\.1)?$/,
  /^(bundles|cache)$/,
  /^signing-secret$/,
  /^vapid-keys$/,
  /^lock(-journal)?$/,
];

/**
 * Deletes the platform's files in the folder, and ends processes left by a killed platform.
 *
 * @returns names of remaining files that are not the platform's
 * @throws Problem while another process holds the folder
 */
export async function emptyDataDir(dataDir: string): Promise<readonly string[]> {
  if (!existsSync(dataDir)) return [];
  if (!existsSync(join(dataDir, "lock"))) return readdirSync(dataDir);
  holdDataDir(dataDir, "Stop it first. Nothing was deleted.");
  rmSync(join(dataDir, "platform.pid")); // our own
  for (const name of readdirSync(dataDir)) {
    if (/^[a-z]+\.pid$/.test(name)) await reap(join(dataDir, name));
  }
  for (const pattern of ours) {
    for (const name of readdirSync(dataDir).filter((found) => pattern.test(found))) {
      rmSync(join(dataDir, name), { recursive: true, force: true });
    }
  }
  return readdirSync(dataDir);
}

function holder(dataDir: string): string {
  try {
    return readFileSync(join(dataDir, "platform.pid"), "utf8").trim();
  } catch {
    return "unknown";
  }
}

function reason(error: unknown): string {
  return error instanceof Error
    ? (error as NodeJS.ErrnoException).code?.replace("ERR_SQLITE_ERROR", "") || error.message
    : String(error);
}
