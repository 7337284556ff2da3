/** Durations in human-readable form: `90 s`, `5 min`, `1 h 30 min`, `2 d`. */

const units = { d: 86_400, h: 3_600, min: 60, s: 1 } as const;

const written =
  /^\s*(?:(\d{1,9})\s*d)?\s*(?:(\d{1,9})\s*h)?\s*(?:(\d{1,9})\s*m(?:in)?)?\s*(?:(\d{1,9})\s*s)?\s*$/i;

/** @returns seconds; undefined if the text is not a duration, such as a number without a unit */
export function parseDuration(text: string): number | undefined {
  const [, ...counts] = written.exec(text) ?? [];
  if (counts.every((count) => count === undefined)) return undefined;
  return Object.values(units).reduce((sum, unit, index) => sum + unit * Number(counts[index] ?? 0), 0);
}

/** Formats whole seconds exactly. */
export function formatDuration(seconds: number): string {
  let left = seconds;
  const parts = Object.entries(units).flatMap(([name, unit]) => {
    const count = Math.floor(left / unit);
    left -= count * unit;
    return count === 0 ? [] : [`${count} ${name}`];
  });
  return parts.length === 0 ? "0 s" : parts.join(" ");
}
