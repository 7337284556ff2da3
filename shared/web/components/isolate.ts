/** Isolates the text direction of user-supplied text within a sentence (U+2068, U+2069). */
export function isolate(text: string): string {
  return `\u2068${text}\u2069`;
}
