import { createHash } from "node:crypto";

/**
 * A page for people that runs nothing, loads nothing and is shown in no frame.
 *
 * @param stylesheet the text of its one `<style>`, which is allowed by its hash
 */
export function htmlResponse(html: string, stylesheet: string, status: number): Response {
  const styleHash = createHash("sha256").update(stylesheet).digest("base64");
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

/** A page of the site, or a part of one: with its stylesheet and script, and nothing inline. */
export function siteResponse(html: string, status: number): Response {
  return new Response(html, {
    status,
    headers: {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": sitePolicy,
      // As above; and where a session has ended, the page that somebody was on.
      "referrer-policy": "same-origin",
      "x-robots-tag": "noindex",
    },
  });
}
