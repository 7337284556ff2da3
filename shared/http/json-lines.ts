/** Lists as JSON lines, one item per line, for log collectors. */

export const jsonLines = "application/x-ndjson";

/** Returns true if a request asks for JSON lines. Wildcards mean JSON. */
export function wantsJsonLines(headers: Headers): boolean {
  return (headers.get("accept") ?? "")
    .split(",")
    .some((accepted) => accepted.split(";")[0]?.trim().toLowerCase() === jsonLines);
}

/**
 * Returns a page of a list as lines. Its Link header contains the next page (RFC 8288).
 *
 * @param url of the request
 */
export function jsonLinesResponse(
  url: URL,
  items: readonly unknown[],
  nextCursor: string | null | undefined,
): Response {
  const query = new URLSearchParams(url.searchParams);
  if (nextCursor) query.set("cursor", nextCursor);
  return new Response(items.map((item) => `${JSON.stringify(item)}\n`).join(""), {
    headers: {
      "content-type": jsonLines,
      vary: "Accept",
      ...(nextCursor && { link: `<${url.pathname}?${query}>; rel="next"` }),
    },
  });
}
