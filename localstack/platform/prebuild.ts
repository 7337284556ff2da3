/** `npm pack` runs this first: bundles for the npm package, so that its start needs no build. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { bundleProgram } from "../../infra/build/bundle.ts";
import { prebuiltSqsServer } from "./bundles.ts";
import { writeBundles } from "./write-bundles.ts";

process.chdir(join(import.meta.dirname, "../.."));
rmSync("dist/prebuilt", { recursive: true, force: true });
// The package does not install fauxqs, which would print that it does not support Node 20.
await bundleProgram("localstack/emulators/sqs-server.ts", prebuiltSqsServer("dist/prebuilt"));
await writeBundles("dist/prebuilt");
