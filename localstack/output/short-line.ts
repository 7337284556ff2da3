/** Short form of structured log lines for the terminal. */

const LENGTH = 240;
/** Time during which a repeated line is suppressed. */
const QUIET_MS = 10_000;
const REMEMBERED = 200;

/** Returns a function that shortens a structured line; undefined for a repeat. */
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

/** Validation errors have a JSON array of faults as message. */
function textOf(message: unknown): string {
  try {
    const faults = JSON.parse(String(message)) as { path: unknown[]; message: string }[];
    return faults.map(({ path, message }) => [path.join("."), message].filter(Boolean).join(": ")).join("; ");
  } catch {
    return String(message);
  }
}
