/** Texts of several lines where only one has room: a title, the first line of a message. */

const lineBreak = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

/** Control characters, and those that change the direction of the text behind them: they disguise a text. */
const disguise = "\\u0000-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069";
const disguises = new RegExp(`[${disguise}]`, "gu");

/** Pattern of a text without control characters and direction overrides. */
export const plainText = new RegExp(`^[^${disguise}]*$`, "u");

/** Splits a text into its first line with anything in it and the lines below that one. */
export function splitLines(text: string): { readonly headline: string; readonly rest: string } {
  const lines = linesOf(text);
  const first = lines.findIndex((line) => line !== "");
  const rest = lines.slice(first + 1).join("\n");
  return first === -1 ? { headline: "", rest: "" } : { headline: lines[first] ?? "", rest: rest.trim() };
}

/** Joins the lines of a text by blanks; empty ones are left out. */
export function oneLine(text: string): string {
  return linesOf(text)
    .filter((line) => line !== "")
    .join(" ");
}

/** Removes control characters and direction overrides. Tabs become blanks. */
function plain(text: string): string {
  return text.replaceAll("\t", " ").replace(disguises, "");
}

function linesOf(text: string): string[] {
  return text.split(lineBreak).map((line) => plain(line).trim());
}
