import { sha256 } from "../crypto/sha256.ts";

/** Returns the ETag of a content: 132 bits of its digest (RFC 9110 8.8.3). */
export function etagOf(content: string | Uint8Array): string {
  return `"${sha256(content, "base64url").slice(0, 22)}"`;
}

/** Returns the response with its ETag, or 304 if the client has this content already (RFC 9110 13.1.2). */
export function conditional(requestHeaders: Headers, response: Response, etag: string): Response {
  response.headers.set("etag", etag);
  const known = (requestHeaders.get("if-none-match") ?? "")
    .split(",")
    .map((tag) => tag.trim().replace(/^W\//, ""));
  if (!known.includes(etag) && !known.includes("*")) return response;
  for (const name of ["content-type", "content-encoding"]) response.headers.delete(name);
  return new Response(null, { status: 304, headers: response.headers });
}
