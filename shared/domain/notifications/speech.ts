/** Texts that are read out in calls. */
import { oneLine } from "../lines.ts";

const longest = 240;

/**
 * Returns a text as words that a voice can read: URLs, brackets and other signs are left out, and long texts end at a
 * word.
 */
export function spoken(text: string): string {
  const words = oneLine(text.toWellFormed())
    .replace(/https?:\/\/\S+/gi, " a link ")
    .replace(/#(?=\d)/g, "number ")
    .replace(/%/g, " percent ")
    .replace(/&/g, " and ")
    .replace(/[^\p{L}\p{M}\p{N}\s.,:?!+'-]+/gu, " ")
    .replace(/\s+/g, " ")
    .replace(/ ([.,:?!])/g, "$1")
    .trim();
  const characters = [...words];
  if (characters.length <= longest) return words;
  return characters
    .slice(0, longest)
    .join("")
    .replace(/\s\S*$/, "");
}
