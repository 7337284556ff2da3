import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { NotFound } from "../domain/errors.ts";

const types: Readonly<Record<string, string>> = {
  "index.html": "text/html; charset=utf-8",
  "init.js": "text/javascript; charset=utf-8",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
  "swagger-ui.css": "text/css; charset=utf-8",
  "favicon.png": "image/png",
};

/** Nothing from elsewhere, no inline script, and the page's own requests go to the platform alone. */
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
 * A file of the API reference, which the build lays into dist/docs-assets/; compressed for who takes that.
 *
 * @throws NotFound unless it is one of the list
 */
export async function docsFile(name: string, requestHeaders: Headers): Promise<Response> {
  const type = Object.hasOwn(types, name) ? types[name] : undefined;
  if (!type) throw new NotFound("file of the API reference", name);
  const gzip = type !== "image/png" && acceptsGzip(requestHeaders.get("accept-encoding") ?? "");
  const { content, etag } = await load(gzip ? `${name}.gz` : name);
  const headers = {
    "cache-control": "no-cache",
    "content-security-policy": contentSecurityPolicy,
    etag,
    vary: "accept-encoding",
  };
  const known = requestHeaders.get("if-none-match")?.split(",") ?? [];
  if (known.some((tag) => tag.trim() === etag)) return new Response(null, { status: 304, headers });
  return new Response(content, {
    headers: { ...headers, "content-type": type, ...(gzip && { "content-encoding": "gzip" }) },
  });
}

interface LoadedFile {
  readonly content: Buffer<ArrayBuffer>;
  readonly etag: string;
}

const loaded = new Map<string, Promise<LoadedFile>>();

function load(name: string): Promise<LoadedFile> {
  let file = loaded.get(name);
  if (!file) {
    file = read(name);
    loaded.set(name, file);
    file.catch(() => loaded.delete(name));
  }
  return file;
}

async function read(name: string): Promise<LoadedFile> {
  // Lambda starts in the package's folder. This module's own path says nothing: bundles may share chunks.
  const root = process.env.BUNDLES_DIR ?? process.cwd();
  const content = await readFile(join(root, "dist/docs-assets", name));
  return { content, etag: `"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"` };
}

function acceptsGzip(acceptEncoding: string): boolean {
  return acceptEncoding
    .split(",")
    .map((coding) => coding.trim().toLowerCase().replaceAll(" ", ""))
    .some((coding) => /^(gzip|\*)(;q=(?!0(\.0*)?$).*)?$/.test(coding));
}
