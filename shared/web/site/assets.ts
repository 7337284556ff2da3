import { NotFound } from "../../domain/errors.ts";
import { codingFor } from "../../http/request/codings.ts";
import { readStaticFile } from "../../http/static-files.ts";
import type { AssetUrls } from "./frame.tsx";

const folder = "web-assets";

const types: Readonly<Record<string, string>> = {
  css: "text/css; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  svg: "image/svg+xml",
  png: "image/png",
  webmanifest: "application/manifest+json",
};

/** Returns the URLs of stylesheet, script and icons, as named by the build. */
export async function assetUrls(): Promise<AssetUrls> {
  return JSON.parse((await readStaticFile(folder, "urls.json")).content.toString());
}

/**
 * Returns a file from dist/web-assets/. Its name contains a hash of the content, so it never changes.
 *
 * @throws NotFound
 */
export async function webAsset(name: string, requestHeaders: Headers): Promise<Response> {
  const type = /^[\w-]+\.[0-9a-f]{8}\.(\w+)$/.exec(name)?.[1];
  const contentType = type && types[type];
  if (!contentType || !Object.values(await assetUrls()).includes(`/assets/${name}`))
    throw new NotFound("file of the UI", name);
  return fileResponse(name, requestHeaders, {
    "content-type": contentType,
    "cache-control": "public, max-age=31536000, immutable",
    "content-security-policy": "default-src 'none'",
  });
}

/** Returns the service worker, which calls this platform only. Browsers look for a new version each time. */
export function serviceWorker(requestHeaders: Headers): Promise<Response> {
  return fileResponse("sw.js", requestHeaders, {
    "content-type": "text/javascript; charset=utf-8",
    "cache-control": "no-cache",
    "content-security-policy": "default-src 'none'; connect-src 'self'",
  });
}

async function fileResponse(
  name: string,
  requestHeaders: Headers,
  headers: Readonly<Record<string, string>>,
): Promise<Response> {
  const coding = name.endsWith(".png") ? undefined : codingFor(requestHeaders);
  const { content } = await readStaticFile(folder, coding ? name + coding.ending : name);
  return new Response(content, {
    headers: { ...headers, vary: "accept-encoding", ...(coding && { "content-encoding": coding.name }) },
  });
}
