/** `npm pack` runs this first: bundles for the npm package, so that its start needs no build. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { writePrebuilt } from "./write-bundles.ts";

process.chdir(join(import.meta.dirname, "../.."));
rmSync("dist/prebuilt", { recursive: true, force: true });
await writePrebuilt("dist/prebuilt");
