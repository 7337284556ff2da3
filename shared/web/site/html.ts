import { randomBytes, randomInt } from "node:crypto";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { codingFor } from "../../http/request/codings.ts";

/** Content Security Policy: styles, images, requests and forms of this host only, and no scripts. */
const standalonePolicy = [
  "default-src 'none'",
  "style-src 'self'",
  "img-src 'self' data:",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Pages of the site also run our script, which makes requests. */
const sitePolicy = standalonePolicy
  .replace("style-src", "script-src 'self'; style-src")
  .replace("form-action", "connect-src 'self'; worker-src 'self'; manifest-src 'self'; form-action");

/** Smaller responses fit into the first packets anyway. */
const compressedFromBytes = 4_096;

/** Returns a page of the site or a part of one, compressed because the gateway does not compress. */
export function siteResponse(html: string, status: number, requestHeaders?: Headers): Response {
  // With no-referrer, browsers send `Origin: null` for forms. Also needed to return to the page after a session expired.
  return htmlResponse(html, status, { policy: sitePolicy, referrer: "same-origin" }, requestHeaders);
}

/**
 * Returns a page without script and navigation, such as the page of a link in a message. Its address may be a secret, so
 * no link or form tells it.
 */
export function standaloneResponse(html: string, status: number, requestHeaders?: Headers): Response {
  return htmlResponse(html, status, { policy: standalonePolicy, referrer: "no-referrer" }, requestHeaders);
}

function htmlResponse(
  html: string,
  status: number,
  { policy, referrer }: { readonly policy: string; readonly referrer: string },
  requestHeaders = new Headers(),
): Response {
  const coding = html.length < compressedFromBytes ? undefined : codingFor(requestHeaders);
  return new Response(coding ? packed(html, coding.name) : html, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
      "referrer-policy": referrer,
      "x-robots-tag": "noindex",
      vary: "accept-encoding",
      ...(coding && { "content-encoding": coding.name }),
    },
  });
}

/** Optimized for speed. */
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

/** Adds random padding, so that response sizes do not reveal secrets in the page (BREACH). */
function packed(html: string, coding: "br" | "gzip"): Buffer<ArrayBuffer> {
  const padded = `${html}<!--${randomBytes(randomInt(128)).toString("base64url")}-->`;
  return coding === "br" ? brotliCompressSync(padded, brotli) : gzipSync(padded);
}
