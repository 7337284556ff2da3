/**
 * Returns true for navigation in a browser, which names HTML. fetch, curl and API clients accept anything, or
 * request JSON.
 */
export function isBrowser(accept: string): boolean {
  return /(^|,)\s*text\/html\s*(;|,|$)/i.test(accept);
}
