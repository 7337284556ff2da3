/** Writes a structured line of the log as it reads at the terminal. */

const LENGTH = 240;
/** So long the same line is not shown again. */
const QUIET_MS = 10_000;
const REMEMBERED = 200;

/** Returns a function that makes one short line of a structured one; undefined for a repetition. */
export function shortLines(nowMs: () => number): (line: string) => string | undefined {
  const shown = new Map<string, { at: number; repeated: number }>();
  return (line) => {
    const short = shortened(line);
    const last = shown.get(short);
    if (last && nowMs() - last.at < QUIET_MS) {
      last.repeated += 1;
      return undefined;
    }
    shown.delete(short);
    shown.set(short, { at: nowMs(), repeated: 0 });
    const [oldest = ""] = shown.keys();
    if (shown.size > REMEMBERED) shown.delete(oldest);
    return last?.repeated ? `${short} (and ${last.repeated} more like it)` : short;
  };
}

function shortened(line: string): string {
  try {
    const { level, message, reason, error } = JSON.parse(line);
    const cause = reason ?? (error && textOf(error.message ?? error));
    const text = `${level}: ${message}${cause ? ` (${cause})` : ""}`.replaceAll(/\s+/g, " ");
    return text.length > LENGTH ? `${text.slice(0, LENGTH)}…` : text;
  } catch {
    return line.trimEnd();
  }
}

/** A validation error's message is a JSON array of its faults. */
function textOf(message: unknown): string {
  try {
    const faults = JSON.parse(String(message)) as { path: unknown[]; message: string }[];
    return faults.map(({ path, message }) => [path.join("."), message].filter(Boolean).join(": ")).join("; ");
  } catch {
    return String(message);
  }
}
