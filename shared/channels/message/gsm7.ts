/** GSM 03.38, the alphabet in which 160 characters are one text message. One other character leaves room for 70. */

const basic =
  "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
/** Takes the room of two characters. */
const extended = "^{}\\[~]|€";

const sizes: ReadonlyMap<string, number> = new Map([
  ...Array.from(basic, (character) => [character, 1] as const),
  ...Array.from(extended, (character) => [character, 2] as const),
]);

const similar: Readonly<Record<string, string>> = {
  "‘": "'",
  "’": "'",
  "‚": "'",
  "`": "'",
  "“": '"',
  "”": '"',
  "„": '"',
  "«": '"',
  "»": '"',
  "–": "-",
  "—": "-",
  "−": "-",
  "•": "*",
  "·": "*",
  "…": "...",
  "→": "->",
  "×": "x",
  ł: "l",
  Ł: "L",
  đ: "d",
  Đ: "D",
  ı: "i",
};

/** Size in GSM-7 characters. @returns infinity for a text that needs another alphabet */
export function gsm7Size(text: string): number {
  let size = 0;
  for (const character of text) size += sizes.get(character) ?? Number.POSITIVE_INFINITY;
  return size;
}

/** Replaces characters that GSM-7 lacks by similar ones, those without any by a question mark for all in a row. */
export function toGsm7(text: string): string {
  let converted = "";
  for (const character of text.toWellFormed()) {
    const next = convert(character);
    if (next !== unknown || !converted.endsWith(unknown)) converted += next;
  }
  return converted;
}

const unknown = "?";

function convert(character: string): string {
  if (sizes.has(character)) return character;
  if (/\s/u.test(character)) return " ";
  // Marks of the character before, and parts of emoji.
  if (/[\p{M}\p{Cf}\p{Cc}]/u.test(character)) return "";
  const known = similar[character] ?? character.normalize("NFKD").replaceAll(/\p{M}/gu, "");
  return known !== "" && gsm7Size(known) < Number.POSITIVE_INFINITY ? known : unknown;
}

/** Truncates a text of GSM-7 characters to a size. A truncated text ends in "...". */
export function clipGsm7(text: string, maxSize: number): string {
  if (gsm7Size(text) <= maxSize) return text;
  let clipped = "";
  let size = 3;
  for (const character of text) {
    size += gsm7Size(character);
    if (size > maxSize) break;
    clipped += character;
  }
  return maxSize < 3 ? "" : `${clipped.trimEnd()}...`;
}
