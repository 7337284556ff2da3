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
