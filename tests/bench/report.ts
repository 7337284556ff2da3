export interface Row {
  readonly section: string;
  readonly what: string;
  readonly value: number;
  /** Formatted value. Default: the number. */
  readonly text?: string;
  readonly unit: string;
  /** Value for comparison, such as a baseline or a share. */
  readonly beside?: string;
  readonly aim?: { readonly most: number } | { readonly least: number };
}

export function met({ value, aim }: Row): boolean | undefined {
  if (!aim) return undefined;
  return "most" in aim ? value <= aim.most : value >= aim.least;
}

/** Formats rows by section, in aligned columns. */
export function table(rows: readonly Row[]): string {
  const lines: string[] = [];
  const columns = rows.map(({ what, value, text, unit, beside = "" }) => [
    what,
    `${text ?? rounded(value)} ${unit}`.trim(),
    beside,
  ]);
  const widths = [0, 1, 2].map((column) => Math.max(...columns.map((cells) => cells[column]?.length ?? 0)));
  for (const [section, members] of Map.groupBy(rows.entries(), ([, row]) => row.section)) {
    lines.push("", section);
    for (const [index, row] of members) {
      const cells = (columns[index] ?? []).map((cell, column) =>
        column === 1 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      );
      lines.push(`  ${cells.join("  ")}  ${verdict(row)}`.trimEnd());
    }
  }
  return lines.join("\n");
}

function verdict(row: Row): string {
  if (!row.aim) return "";
  const aim = "most" in row.aim ? `≤ ${row.aim.most}` : `≥ ${row.aim.least}`;
  return `${met(row) ? "✓" : "✗"} ${aim}`;
}

export function rounded(value: number): string {
  return Math.abs(value) >= 100 ? `${Math.round(value)}` : `${Math.round(value * 100) / 100}`;
}

/** Nearest-rank quantile. @param share from 0 to 1 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
