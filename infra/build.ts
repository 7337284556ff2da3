/**
 * Bundles every file of functions/ on its own with esbuild, and lays out the files of the API reference.
 *
 * `node infra/build.ts`           local: functions share chunks, so all of them fit one process
 * `node infra/build.ts --deploy`  AWS: each bundle stands alone, minified; metafile in dist/meta.json
 */
import { rmSync, writeFileSync } from "node:fs";
import { bundle } from "./bundle.ts";
import { layDocsAssets } from "./docs-assets.ts";

rmSync("dist", { recursive: true, force: true });
const { metafile } = await bundle({ outdir: "dist", deploy: process.argv.includes("--deploy") });
writeFileSync("dist/meta.json", JSON.stringify(metafile));
layDocsAssets("dist/docs-assets");
