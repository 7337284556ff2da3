import { randomBytes, randomInt } from "node:crypto";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { sha256 } from "../../crypto/sha256.ts";
import { codingFor } from "../../http/request/codings.ts";

/**
 * Returns a static page that runs and loads nothing and cannot be framed.
 *
 * @param stylesheet text of its only `<style>`, allowed by its hash
 */
export function htmlResponse(html: string, stylesheet: string, status: number): Response {
  const styleHash = sha256(stylesheet, "base64");
  return new Response(html, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": [
        "default-src 'none'",
        `style-src 'sha256-${styleHash}'`,
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
      ].join("; "),
      // With no-referrer, browsers send `Origin: null` for forms.
      "referrer-policy": "same-origin",
      "x-robots-tag": "noindex",
    },
  });
}

/** Content Security Policy: scripts, styles, requests and forms of this host only. */
const sitePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join("; ");

/** Smaller responses fit into the first packets anyway. */
const compressedFromBytes = 4_096;

/** Returns a page of the site or a part of one, compressed because the gateway does not compress. */
export function siteResponse(html: string, status: number, requestHeaders = new Headers()): Response {
  const coding = html.length < compressedFromBytes ? undefined : codingFor(requestHeaders);
  return new Response(coding ? packed(html, coding.name) : html, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": sitePolicy,
      // As above. Also needed to return to the page after a session expired.
      "referrer-policy": "same-origin",
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
