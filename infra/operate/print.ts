/** Prints data to standard output: as JSON for programs, otherwise as a table or text for people. */
export function print<T>(data: T, json: boolean, format: (data: T) => string): void {
  console.log(json ? JSON.stringify(data, null, 2) : format(data));
}

/** Returns rows in columns of these widths; the last column is not padded. */
export function tableOf(rows: readonly (readonly unknown[])[], widths: readonly number[]): string {
  return rows
    .map((row) =>
      row
        .map((cell, column) => `${cell}`.padEnd(widths[column] ?? 0))
        .join("")
        .trimEnd(),
    )
    .join("\n");
}
