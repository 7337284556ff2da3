/**
 * Truncates a text to a length in UTF-16 units (the strictest count) without splitting a character. A truncated text
 * ends in "…".
 *
 * @param written escaped form of a character; the limit applies to the escaped text
 */
export function clip(text: string, maxLength: number, written = (character: string) => character): string {
  let clipped = "";
  let whole = "";
  for (const character of text.toWellFormed()) {
    whole += written(character);
    if (whole.length > maxLength) return maxLength > 0 ? `${clipped}…` : "";
    if (whole.length < maxLength) clipped = whole;
  }
  return whole;
}
