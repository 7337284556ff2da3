/**
 * Bundles every file of functions/ with esbuild, the metrics exporter, and the files of the API reference.
 *
 * `node infra/build/build.ts`           local: functions share chunks, so all of them fit one process
 * `node infra/build/build.ts --deploy`  AWS: each bundle is standalone and minified; metafile in dist/meta.json
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
