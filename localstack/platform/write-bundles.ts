/** Bundles for `npm start`: functions, exporter and static files in one folder. */
import { join } from "node:path";
import { constants as zlib } from "node:zlib";
import { stop } from "esbuild";
import { bundle, bundleExporter, bundleProgram } from "../../infra/build/bundle.ts";
import { writeDocsAssets } from "../../infra/build/docs-assets.ts";
import { writeWebAssets } from "../../infra/build/web-assets.ts";
import { unsignedRequests } from "../client/unsigned-requests.ts";
import { exporterIn, prebuiltSqsServer } from "./bundles.ts";

/** Writes the bundles of the npm package, which include the embedded SQS: it takes 40% less to start than its modules. */
export async function writePrebuilt(root: string): Promise<void> {
  // The package does not install fauxqs, which would print that it does not support Node 20.
  await bundleProgram("localstack/emulators/sqs-server.ts", prebuiltSqsServer(root));
  await writeBundles(root);
}

export async function writeBundles(root: string): Promise<void> {
  await Promise.all([
    bundle({ outdir: join(root, "dist"), deploy: false, plugins: [unsignedRequests] }),
    bundleExporter(exporterIn(root)),
    writeWebAssets(join(root, "dist/web-assets"), "fast"),
  ]);
  await stop(); // ends the bundler's process
  writeDocsAssets(join(root, "dist/docs-assets"), zlib.Z_BEST_SPEED);
}
