/** Reports progress on stderr: a bar on a terminal, otherwise only the result. */

const redrawMs = 100;
const cells = 24;

export interface Progress {
  /** @param total estimated number; unknown if absent */
  at(what: string, items: number, total?: number): void;
  /** Replaces the bar with a line. */
  end(line: string): void;
}

export interface Terminal {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** @param now milliseconds of a monotonic clock */
export function progressOn(terminal: Terminal, now: () => number): Progress {
  let drawnAt = Number.NEGATIVE_INFINITY;
  return {
    at(what, items, total) {
      if (!terminal.isTTY || now() - drawnAt < redrawMs) return;
      drawnAt = now();
      terminal.write(`\r\u001b[K${what} ${bar(items, total)}`);
    },
    end(line) {
      terminal.write(`${terminal.isTTY ? "\r\u001b[K" : ""}${line}\n`);
    },
  };
}

function bar(items: number, total: number | undefined): string {
  const count = `${items.toLocaleString("en")} items`;
  // The table's own count can be hours old.
  if (!total || items > total) return count;
  const full = Math.floor((items / total) * cells);
  const percent = Math.floor((items / total) * 100);
  return `${"█".repeat(full)}${"░".repeat(cells - full)} ${percent} %, ${count}`;
}
