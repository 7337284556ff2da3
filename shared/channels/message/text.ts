/** Text as a provider takes it. */

/**
 * At most so long, in UTF-16 units (the strictest way to count), with no character halved; what is cut ends in "…".
 *
 * @param written how a character is written there; the limit is for the text as written
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

/** A text with links after it: those stay whole, or are left out where they would leave no room for words. */
export function clipBefore(
  tail: string,
  text: string,
  maxLength: number,
  written?: (character: string) => string,
): string {
  const kept = tail.length <= maxLength / 2 ? tail : "";
  return clip(text, maxLength - kept.length, written) + kept;
}
