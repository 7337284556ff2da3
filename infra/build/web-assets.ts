/** Static files of pages: a stylesheet, a script and icons. File names contain a hash of the content. */
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { sha256 } from "../../shared/crypto/sha256.ts";
import type { AssetUrls } from "../../shared/web/site/frame.tsx";

const sources = "infra/build/web";
const browsers = ["chrome123", "firefox120", "safari17.5"];

/** Writes the files to the folder with gzip and brotli copies, and urls.json with their names. */
export async function writeWebAssets(folder: string, effort: "best" | "fast" = "best"): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const write = (file: string, content: Uint8Array | string): string => {
    const [, name, ending] = /^(.+)\.(\w+)$/.exec(file) ?? [];
    const hash = sha256(content).slice(0, 8);
    const hashed = `${name}.${hash}.${ending}`;
    writeCompressed(hashed, content);
    return `/assets/${hashed}`;
  };
  const writeCompressed = (file: string, content: Uint8Array | string) => {
    writeFileSync(join(folder, file), content);
    if (file.endsWith(".png")) return;
    writeFileSync(join(folder, `${file}.gz`), gzipSync(content, { level: effort === "best" ? 9 : 1 }));
    const quality = effort === "best" ? constants.BROTLI_MAX_QUALITY : constants.BROTLI_MIN_QUALITY;
    const params = { [constants.BROTLI_PARAM_QUALITY]: quality };
    writeFileSync(join(folder, `${file}.br`), brotliCompressSync(content, { params }));
  };
  const icons = [192, 512].map((size) => ({
    src: write(`icon-${size}.png`, readFileSync(join(sources, `icon-${size}.png`))),
    sizes: `${size}x${size}`,
    type: "image/png",
    purpose: "any maskable",
  }));
  const drawing = readFileSync(join(sources, "icon.svg"), "utf8").trim();
  const svg = write("icon.svg", drawing);
  const manifest = {
    name: "Incidents",
    short_name: "Incidents",
    id: "/",
    start_url: "/",
    scope: "/",
    display: "standalone",
    background_color: "#101318",
    theme_color: "#101318",
    icons: [{ src: svg, sizes: "any", type: "image/svg+xml" }, ...icons],
  };
  const urls: AssetUrls = {
    stylesheet: write("app.css", await bundled("app.css")),
    script: write("app.js", await bundled("app.js")),
    icon: `data:image/svg+xml,${encodeURIComponent(drawing)}`,
    drawnIcon: svg,
    touchIcon: icons[0]?.src ?? "",
    largeIcon: icons[1]?.src ?? "",
    manifest: write("app.webmanifest", JSON.stringify(manifest)),
  };
  // Its address stays the same: browsers look for a new version there.
  writeCompressed("sw.js", await bundled("sw.js", { ICON: JSON.stringify(urls.touchIcon) }));
  writeFileSync(join(folder, "urls.json"), JSON.stringify(urls));
}

async function bundled(file: string, define: Readonly<Record<string, string>> = {}): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(sources, file)],
    bundle: true,
    define,
    minify: true,
    write: false,
    target: browsers,
    format: "iife",
    legalComments: "none",
    logLevel: "warning",
  });
  return outputFiles[0]?.text ?? "";
}
