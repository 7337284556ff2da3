/** Texts that are read out in calls. */
import { oneLine } from "../text/lines.ts";

const longest = 240;

/** End of a line without a sign, and the empty lines that follow. */
const endOfLine = /([\p{L}\p{N})\]"%])[ \t]*[\r\n]\s*/gu;

/**
 * Returns a text as words that a voice can read: each line is a sentence, URLs, brackets and other signs are left out, and
 * long texts end at a word.
 */
export function spoken(text: string): string {
  const lines = text
    .toWellFormed()
    .trimEnd()
    .replace(/https?:\/\/\S+/gi, " a link ")
    .replace(endOfLine, "$1.\n");
  const words = oneLine(lines)
    .replace(/#(\d+)-#(\d+)/g, "number $1 to $2")
    .replace(/(\w)@(?=\w)/g, "$1 at ")
    .replace(/\s>=?\s*(?=\d)/g, " above ")
    .replace(/\s<=?\s*(?=\d)/g, " below ")
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

/** Returns a spoken text that ends like a sentence. */
export function spokenSentence(text: string): string {
  const words = spoken(text);
  return /[!?]$/.test(words) ? words : `${words.replace(/[.:,]+$/, "")}.`;
}
