/** `npm pack` runs these scripts: bundles for the npm package, so that its start needs no build. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { createCommand } from "../../infra/command.ts";

const folder = "dist/prebuilt";

export const prepack = createCommand("prepack", "Bundle the functions for the npm package.", [
  ["", "Write dist/prebuilt, as npm pack does first"],
]).action(async () => {
  const { writePrebuilt } = await import("./write-bundles.ts");
  process.chdir(join(import.meta.dirname, "../.."));
  rmSync(folder, { recursive: true, force: true });
  await writePrebuilt(folder);
});

export const postpack = createCommand("postpack", "Delete the bundles of the npm package.", [
  ["", "Delete dist/prebuilt, as npm pack does last"],
]).action(() => rmSync(join(import.meta.dirname, "../..", folder), { recursive: true, force: true }));
