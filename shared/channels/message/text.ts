/** Text truncation for providers. */

import { clip } from "../../domain/text/clip.ts";

/**
 * Truncates a text with links after it. The links stay complete, or are dropped if they would leave no room
 * for text.
 */
export function clipBefore(
  tail: string,
  text: string,
  maxLength: number,
  written?: (character: string) => string,
): string {
  const kept = tail.length <= maxLength / 2 ? tail : "";
  return clip(text, maxLength - kept.length, written) + kept;
}

/** Truncates a text to a size in bytes of JSON in UTF-8, without its quotes. A truncated text ends in "…". */
export function clipBytes(text: string, maxBytes: number): string {
  const well = text.toWellFormed();
  if (jsonBytes(well) <= maxBytes) return well;
  let clipped = "";
  let bytes = 3;
  for (const character of well) {
    bytes += jsonBytes(character);
    if (bytes > maxBytes) break;
    clipped += character;
  }
  return maxBytes < 3 ? "" : `${clipped}…`;
}

/** Returns the size of a text in JSON, without its quotes. */
export function jsonBytes(text: string): number {
  return Buffer.byteLength(JSON.stringify(text)) - 2;
}

/**
 * Returns the first parts that fit together, each with what joins it to the one before. A part that does not fit is
 * left out, because half a link is none.
 */
export function fitting<T>(parts: readonly T[], maxSize: number, sizeOf: (part: T) => number): T[] {
  let size = 0;
  return parts.filter((part) => {
    const next = size + sizeOf(part);
    if (next > maxSize) return false;
    size = next;
    return true;
  });
}
