/** CSV files (RFC 4180) for spreadsheets. */

export type CsvCell = string | number | null;

/** Spreadsheets take a text file without it for one in a local encoding. */
const byteOrderMark = "\uFEFF";

/** A spreadsheet computes a text that begins like this, which would run what a sender of alerts wrote. */
const formula = /^[=+\-@\t\r\n＝＋－＠]/;

export function csvText(lines: readonly (readonly CsvCell[])[]): string {
  return byteOrderMark + lines.map((cells) => `${cells.map(fieldOf).join(",")}\r\n`).join("");
}

function fieldOf(cell: CsvCell): string {
  if (cell === null) return "";
  if (typeof cell === "number") return String(cell);
  const text = formula.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
