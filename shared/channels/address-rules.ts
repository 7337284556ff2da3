/** Rules that several channels have for their addresses. */

export function looksLikeUrl(address: string): boolean {
  return /^\s*https?:/i.test(address);
}

/** Accepts an http(s) URL without credentials and fragment. */
export function isWebUrl(address: string): boolean {
  if (!/^https?:\/\/[^\s#]+$/i.test(address) || !URL.canParse(address)) return false;
  const { username, password } = new URL(address);
  return username === "" && password === "";
}
