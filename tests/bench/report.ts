type Aim = { readonly most: number } | { readonly least: number };

export interface Row {
  readonly section: string;
  readonly what: string;
  readonly value: number;
  /** Formatted value. Default: the number. */
  readonly text?: string;
  readonly unit: string;
  /** Value for comparison, such as a baseline or a share. */
  readonly beside?: string;
  readonly aim?: Aim;
}

export function meetsAim({ value, aim }: Row): boolean | undefined {
  if (!aim) return undefined;
  return "most" in aim ? value <= aim.most : value >= aim.least;
}

/** Units of counts, which don't depend on the speed of the machine. */
const countUnits: ReadonlySet<string> = new Set([
  "units",
  "units/s",
  "requests",
  "requests/s",
  "writes",
  "messages",
  "KiB",
]);

/** Names the counts that exceed their budget or have none. */
export function budgetFaults(rows: readonly Row[]): string[] {
  return rows
    .filter(({ unit }) => countUnits.has(unit))
    .flatMap((row) => {
      const name = `${row.section}: ${row.what.trim()}`;
      if (!row.aim) return [`Without a budget: ${name}`];
      return meetsAim(row)
        ? []
        : [`Over its budget: ${name}: ${rounded(row.value)} ${row.unit}, ${aimOf(row.aim)}`];
    });
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
  return row.aim ? `${meetsAim(row) ? "✓" : "✗"} ${aimOf(row.aim)}` : "";
}

function aimOf(aim: Aim): string {
  return "most" in aim ? `≤ ${aim.most}` : `≥ ${aim.least}`;
}

export function rounded(value: number): string {
  return Math.abs(value) >= 100 ? `${Math.round(value)}` : `${Math.round(value * 100) / 100}`;
}

/** Nearest-rank quantile. @param share from 0 to 1 */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}
