/** Disk space of the data folder. */
import { statfsSync } from "node:fs";
import { Problem } from "../../infra/problem.ts";

const MB = 1_000_000;

/** Bundles take 25 MB. The rest is for the database and its journal. */
const NEEDED = 40 * MB;

/** With less space, any error is attributed to the disk. */
const FULL = MB;

/** @throws Problem if a start would fill the disk */
export function checkSpace(dataDir: string, needed = NEEDED): void {
  const free = freeBytes(dataDir);
  if (free >= needed) return;
  throw new Problem(
    `The disk of the data folder ${dataDir} is nearly full: ${inMegabytes(free)} are free, but starting needs ` +
      `${inMegabytes(needed)}. Free some space, or set DATA_DIR to a folder on another disk.`,
  );
}

/** Returns the error, or a Problem instead if the disk or the user's quota is full. */
export function explainFullDisk(error: unknown, dataDir: string): unknown {
  if (error instanceof Problem) return error;
  const text = error instanceof Error ? `${error.message} ${(error as NodeJS.ErrnoException).code}` : "";
  const full = /ENOSPC|EDQUOT|EFBIG|no space left|quota exceeded|file too large/i.test(text);
  if (!full && freeBytes(dataDir) >= FULL) return error;
  return new Problem(
    `The disk of the data folder ${dataDir} is full (${inMegabytes(freeBytes(dataDir))} are free). Free some space, or set ` +
      "DATA_DIR to a folder on another disk.",
  );
}

function inMegabytes(bytes: number): string {
  return `${Math.floor(bytes / MB)} MB`;
}

/** Returns infinity if the folder cannot be inspected. */
function freeBytes(folder: string): number {
  try {
    const { bavail, bsize } = statfsSync(folder);
    return bavail * bsize;
  } catch {
    return Number.MAX_SAFE_INTEGER;
  }
}
