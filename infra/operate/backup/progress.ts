/** Shows progress on stderr: a bar on a terminal, only the last line elsewhere. */

const redrawMs = 100;
const cells = 24;
export const eraseLine = "\r\u001b[K";

export interface Progress {
  /** @param total estimated number of items; absent if unknown */
  at(what: string, items: number, total?: number, unit?: string): void;
  /** Removes the bar and prints a line. */
  end(line: string): void;
  /** Removes the bar. */
  clear(): void;
}

interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** @param now milliseconds of a monotonic clock */
export function progressOn(terminal: Terminal, now: () => number): Progress {
  let drawnAt = Number.NEGATIVE_INFINITY;
  return {
    at(what, items, total, unit = "items") {
      if (!terminal.isTTY || now() - drawnAt < redrawMs) return;
      drawnAt = now();
      terminal.write(`${eraseLine}${what} ${bar(items, total, unit)}`);
    },
    end(line) {
      terminal.write(`${terminal.isTTY ? eraseLine : ""}${line}\n`);
    },
    clear() {
      if (terminal.isTTY) terminal.write(eraseLine);
    },
  };
}

function bar(items: number, total: number | undefined, unit: string): string {
  const count = `${items.toLocaleString("en")} ${unit}`;
  // The item count of a table is hours old.
  if (!total || items > total) return count;
  const full = Math.floor((items / total) * cells);
  const percent = Math.floor((items / total) * 100);
  return `${"█".repeat(full)}${"░".repeat(cells - full)} ${percent}%, ${count}`;
}
