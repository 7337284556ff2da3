import { NotFound } from "../domain/errors.ts";
import { conditional } from "./etag.ts";
import { acceptsCoding } from "./request/codings.ts";
import { readStaticFile } from "./static-files.ts";

const types: Readonly<Record<string, string>> = {
  "index.html": "text/html; charset=utf-8",
  "init.js": "text/javascript; charset=utf-8",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
  "swagger-ui.css": "text/css; charset=utf-8",
  "favicon.png": "image/png",
};

/** Allows no external resources and no inline scripts. The page can only call the platform. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join("; ");

/**
 * Returns a file of the API reference from dist/docs-assets/, compressed if the client accepts it.
 *
 * @throws NotFound unless it is listed
 */
export async function docsFile(name: string, requestHeaders: Headers): Promise<Response> {
  const type = Object.hasOwn(types, name) ? types[name] : undefined;
  if (!type) throw new NotFound("file of the API reference", name);
  const gzip = type !== "image/png" && acceptsCoding(requestHeaders, "gzip");
  const { content, etag } = await readStaticFile("docs-assets", gzip ? `${name}.gz` : name);
  const headers = {
    "content-type": type,
    "cache-control": "no-cache",
    "content-security-policy": contentSecurityPolicy,
    vary: "accept-encoding",
    ...(gzip && { "content-encoding": "gzip" }),
  };
  return conditional(requestHeaders, new Response(content, { headers }), etag);
}
