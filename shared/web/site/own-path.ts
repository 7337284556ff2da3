/**
 * Returns a path of this site as a browser would interpret it. `//evil`, `/\evil` and URLs of other sites
 * become the start page.
 */
export function ownPath(text: string | null | undefined): string {
  const site = "http://site.invalid";
  if (!text?.startsWith("/") || !URL.canParse(text, site)) return "/";
  const { origin, pathname, search } = new URL(text, site);
  // A path that normalizes to `//…` would leave the site.
  return origin === site && !pathname.startsWith("//") ? pathname + search : "/";
}
