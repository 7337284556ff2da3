/** `npm start` as a user runs it. */
import { type ChildProcessByStdio, spawn } from "node:child_process";
import { resolve } from "node:path";
import type { Readable } from "node:stream";
import { portsFrom } from "./platform.ts";

export interface NpmStart {
  readonly npm: ChildProcessByStdio<null, Readable, Readable>;
  readonly dataDir: string;
  /** Returns what it has printed. */
  readonly output: () => string;
}

/** @param firstPort of five free ones */
export function npmStart(
  dataDir: string,
  firstPort: number,
  settings: Readonly<Record<string, string>> = {},
): NpmStart {
  const npm = spawn("npm", ["start"], {
    cwd: resolve(import.meta.dirname, "../../.."),
    env: {
      ...process.env,
      ...portsFrom(firstPort),
      DATA_DIR: dataDir,
      ...settings,
    },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let printed = "";
  for (const stream of [npm.stdout, npm.stderr]) {
    stream.on("data", (chunk) => {
      printed += chunk;
    });
  }
  return { npm, dataDir, output: () => printed };
}
