/** A path of this site as a browser would read it: `//evil`, `/\evil` and other sites' addresses become the start page. */
export function ownPath(text: string | null | undefined): string {
  const site = "http://site.invalid";
  if (!text?.startsWith("/") || !URL.canParse(text, site)) return "/";
  const { origin, pathname, search } = new URL(text, site);
  // What normalizes to `//…` would leave the site when it is followed.
  return origin === site && !pathname.startsWith("//") ? pathname + search : "/";
}
