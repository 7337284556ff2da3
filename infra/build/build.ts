/**
 * Bundles every file of functions/ on its own with esbuild, and the metrics exporter, and lays out the files of the API
 * reference.
 *
 * `node infra/build/build.ts`           local: functions share chunks, so all of them fit one process
 * `node infra/build/build.ts --deploy`  AWS: each bundle stands alone, minified; metafile in dist/meta.json
 */
import { rmSync, writeFileSync } from "node:fs";
import { bundle, bundleExporter } from "./bundle.ts";
import { layDocsAssets } from "./docs-assets.ts";
import { layWebAssets } from "./web-assets.ts";

rmSync("dist", { recursive: true, force: true });
const { metafile } = await bundle({ outdir: "dist", deploy: process.argv.includes("--deploy") });
writeFileSync("dist/meta.json", JSON.stringify(metafile));
await bundleExporter("dist/exporter.mjs");
layDocsAssets("dist/docs-assets");
await layWebAssets("dist/web-assets");
