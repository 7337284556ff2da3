/** Multi-line texts in single-line places, such as a title or the first line of a message. */

const lineBreak = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/;

/** Control characters and direction overrides, which can disguise a text. */
const disguise = "\\u0000-\\u001f\\u007f-\\u009f\\u202a-\\u202e\\u2066-\\u2069";
const disguises = new RegExp(`[${disguise}]`, "gu");

/** Pattern of a text without control characters and direction overrides. */
export const plainText = new RegExp(`^[^${disguise}]*$`, "u");

/** Splits a text into its first non-empty line and the lines below it. */
export function splitLines(text: string): { readonly headline: string; readonly rest: string } {
  const lines = linesOf(text);
  const first = lines.findIndex((line) => line !== "");
  const rest = lines.slice(first + 1).join("\n");
  return first === -1 ? { headline: "", rest: "" } : { headline: lines[first] ?? "", rest: rest.trim() };
}

/** Joins the lines of a text with spaces. Empty lines are dropped. */
export function oneLine(text: string): string {
  return linesOf(text)
    .filter((line) => line !== "")
    .join(" ");
}

/** Removes control characters and direction overrides. Tabs become spaces. */
function plain(text: string): string {
  return text.replaceAll("\t", " ").replace(disguises, "");
}

function linesOf(text: string): string[] {
  return text.split(lineBreak).map((line) => plain(line).trim());
}
