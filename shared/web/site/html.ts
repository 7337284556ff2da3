import { randomBytes, randomInt } from "node:crypto";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { sha256 } from "../../crypto/sha256.ts";
import { codingFor } from "../../http/codings.ts";

/**
 * A page for people that runs nothing, loads nothing and is shown in no frame.
 *
 * @param stylesheet the text of its one `<style>`, which is allowed by its hash
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
      // With no-referrer a browser sends a form from nowhere: `Origin: null`.
      "referrer-policy": "same-origin",
      "x-robots-tag": "noindex",
    },
  });
}

/** What pages of the site may do: run and load what this host serves, and send forms to it. */
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

/** Smaller ones fit into the first packets anyway. */
const compressedFromBytes = 4_096;

/** A page of the site, or a part of one: with its stylesheet and script, and nothing inline; the gateway packs nothing. */
export function siteResponse(html: string, status: number, requestHeaders = new Headers()): Response {
  const coding = html.length < compressedFromBytes ? undefined : codingFor(requestHeaders);
  return new Response(coding ? packed(html, coding.name) : html, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": sitePolicy,
      // As above; and where a session has ended, the page that somebody was on.
      "referrer-policy": "same-origin",
      "x-robots-tag": "noindex",
      vary: "accept-encoding",
      ...(coding && { "content-encoding": coding.name }),
    },
  });
}

/** Quick rather than small. */
const brotli = { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } };

/** Of a random length: how well a guess in the address compresses must not tell what else is in the page (BREACH). */
function packed(html: string, coding: "br" | "gzip"): Buffer<ArrayBuffer> {
  const padded = `${html}<!--${randomBytes(randomInt(128)).toString("base64url")}-->`;
  return coding === "br" ? brotliCompressSync(padded, brotli) : gzipSync(padded);
}
