/** `npm run build`: bundles the functions and the metrics exporter, and writes the static files of the UI and the docs. */
import { rmSync, writeFileSync } from "node:fs";
import { createCommand } from "../command.ts";
import { bundle, bundleExporter } from "./bundle.ts";
import { writeDocsAssets } from "./docs-assets.ts";
import { writeWebAssets } from "./web-assets.ts";

export const command = createCommand("build", "Bundle the functions and the metrics exporter into dist/.", [
  ["", "Build for this machine: functions share chunks"],
  ["--deploy", "Build for AWS: bundles are minified and share no code"],
])
  .option("--deploy", "build for AWS; writes esbuild's metafile to dist/meta.json")
  .action(build);

async function build({ deploy = false }: { deploy?: boolean }): Promise<void> {
  rmSync("dist", { recursive: true, force: true });
  const { outputs } = await bundle({ outdir: "dist", deploy });
  // Packaging looks up the files of each bundle.
  writeFileSync("dist/meta.json", JSON.stringify({ outputs }));
  await bundleExporter("dist/exporter.mjs");
  writeDocsAssets("dist/docs-assets");
  await writeWebAssets("dist/web-assets");
  console.log(`Built ${Object.keys(outputs).length} files in dist/.`);
}
