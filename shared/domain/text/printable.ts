/** Characters that would end a line, or a header, wherever a text is written. */
const unprintable = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]/u;

export function isPrintable(text: string): boolean {
  return !unprintable.test(text);
}
