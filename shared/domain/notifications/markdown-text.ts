/** Escapes a character of Markdown, and breaks mentions such as @channel, which a backslash would not. */
export function escapedInMarkdown(character: string): string {
  if (character === "@") return "@\u200b";
  return /[\\*_~`|<>[\]()#:!]/.test(character) ? `\\${character}` : character;
}

export function escapeMarkdown(text: string): string {
  return Array.from(text, escapedInMarkdown).join("");
}
