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

export interface Baseline {
  readonly rows: readonly Row[];
}

/** Adds the ratio to the same row of an earlier run. */
export function withRatios(rows: readonly Row[], baseline: Baseline | undefined): readonly Row[] {
  if (!baseline) return rows;
  const before = new Map(baseline.rows.map((row) => [nameOf(row), row.value]));
  return rows.map((row) => {
    const old = before.get(nameOf(row));
    if (old === undefined) return { ...row, beside: joined("new", row.beside) };
    return { ...row, beside: joined(`${rounded(row.value / old)} × ${rounded(old)}`, row.beside) };
  });
}

function nameOf({ section, what }: Row): string {
  return `${section}: ${what}`;
}

function joined(...texts: readonly (string | undefined)[]): string {
  return texts.filter((text) => text).join("; ");
}

/** Returns true for a missed aim that doesn't depend on the speed of the machine. */
export function isOverBudget(row: Row): boolean {
  return ["units", "units/s", "requests", "KiB"].includes(row.unit) && met(row) === false;
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
