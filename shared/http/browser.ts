/** Browsers name HTML when they go somewhere; fetch, curl and clients of the API take anything, or ask for JSON. */
export function isBrowser(accept: string): boolean {
  return /(^|,)\s*text\/html\s*(;|,|$)/i.test(accept);
}
