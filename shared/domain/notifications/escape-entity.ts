const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** Escapes a character that Slack and Google Chat would read as the start of a mention, link or tag. */
export function escapeEntity(character: string): string {
  return entities[character] ?? character;
}
