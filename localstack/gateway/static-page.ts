import { sha256 } from "../../shared/crypto/sha256.ts";

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
