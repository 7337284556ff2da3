import { fork } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import type { Size } from "./parts.ts";
import type { Row } from "./report.ts";

const ROOT = resolve(import.meta.dirname, "../..");
/** More than the longest part takes on two cores. A part that hangs fails. */
const partLimitMs = 15 * 60_000;

export interface PartsToMeasure {
  /** Module that exports `parts`. */
  readonly file: string;
  readonly names: readonly string[];
  readonly size: Size;
  readonly limitMs?: number;
  onStart?(name: string, index: number): void;
  /** @param rows undefined if the part failed; its error is on stderr */
  onEnd?(name: string, rows: readonly Row[] | undefined, seconds: number): void;
}

/** Measures one part after the other, each in a process of its own, and continues after a failure. */
export async function measureParts(options: PartsToMeasure) {
  const rows: Row[] = [];
  const failures: string[] = [];
  for (const [index, name] of options.names.entries()) {
    options.onStart?.(name, index);
    const startedAt = performance.now();
    const part = await measurePart(name, options);
    options.onEnd?.(name, part, (performance.now() - startedAt) / 1_000);
    if (part) rows.push(...part);
    else failures.push(name);
  }
  return { rows, failures };
}

async function measurePart(
  name: string,
  { file, size, limitMs = partLimitMs }: PartsToMeasure,
): Promise<readonly Row[] | undefined> {
  const args = [file, name, JSON.stringify(size)];
  const child = fork(resolve(import.meta.dirname, "run-part.ts"), args, {
    cwd: ROOT,
    timeout: limitMs,
    // The output of a part must not mix with the results.
    stdio: ["ignore", 2, 2, "ipc"],
  });
  let rows: readonly Row[] | undefined;
  child.on("message", (message) => {
    rows = message as readonly Row[];
  });
  // All messages have arrived when the channel is closed.
  const [[code]] = await Promise.all([once(child, "exit"), once(child, "disconnect")]);
  return code === 0 ? rows : undefined;
}
