import { createHash } from "node:crypto";

/** A text with an ETag of its own; without it for who has this very one (RFC 9110 13.1.2). */
export function conditional(requestHeaders: Headers, text: string, type: string): Response {
  const etag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;
  const headers = { etag, "cache-control": "private, no-cache" };
  const known = (requestHeaders.get("if-none-match") ?? "")
    .split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""));
  if (known.includes(etag) || known.includes("*")) return new Response(null, { status: 304, headers });
  return new Response(text, { headers: { ...headers, "content-type": type } });
}
