/** Files of the API reference: its page, and the required parts of swagger-ui-dist. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { constants, gzipSync } from "node:zlib";

const sources: Readonly<Record<string, string>> = {
  "index.html": "infra/build/docs/index.html",
  "init.js": "infra/build/docs/init.js",
  "swagger-ui-bundle.js": "node_modules/swagger-ui-dist/swagger-ui-bundle.js",
  "swagger-ui.css": "node_modules/swagger-ui-dist/swagger-ui.css",
  "favicon.png": "node_modules/swagger-ui-dist/favicon-32x32.png",
};

/** Writes the files to the folder, with compressed copies of text files. */
export function writeDocsAssets(folder: string, level: number = constants.Z_BEST_COMPRESSION): void {
  mkdirSync(folder, { recursive: true });
  for (const [name, source] of Object.entries(sources)) {
    cpSync(source, join(folder, name));
    if (name.endsWith(".png")) continue;
    writeFileSync(join(folder, `${name}.gz`), gzipSync(readFileSync(source), { level }));
  }
}
