/** Results of work that only depends on its sources, kept in the data folder for the next start. */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

interface CacheEntry {
  /** Digest of what the result was made of. */
  readonly key: string;
  readonly value: unknown;
}

/** Returns the value that was stored under this key; undefined if there is none, or one of another key. */
export function readCache<T>(dataDir: string, name: string, key: string): T | undefined {
  try {
    const entry = JSON.parse(readFileSync(fileOf(dataDir, name), "utf8")) as CacheEntry;
    return entry.key === key ? (entry.value as T) : undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a value, readable for its owner alone, because the functions' environment has secrets. */
export function writeCache(dataDir: string, name: string, key: string, value: unknown): void {
  const file = fileOf(dataDir, name);
  const entry: CacheEntry = { key, value };
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify(entry), { mode: 0o600 });
    renameSync(`${file}.new`, file); // A killed process leaves no incomplete file.
  } catch {
    // The next start takes longer.
  }
}

export function deleteCache(dataDir: string, name: string): void {
  rmSync(fileOf(dataDir, name), { force: true });
}

function fileOf(dataDir: string, name: string): string {
  return join(dataDir, "cache", `${name}.json`);
}
