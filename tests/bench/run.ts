/**
 * `npm run bench`: measures the platform beside yardsticks. Figures of a busy machine compare only with those of the
 * same run.
 */
import { resolve } from "node:path";
import { installTools } from "../../ci/install-tools.ts";
import { announceTarget } from "../../infra/operate/target.ts";
import { benchCommand } from "./bench-command.ts";

export const command = await benchCommand({
  partsFile: resolve(import.meta.dirname, "parts.ts"),
  resultFile: resolve(import.meta.dirname, "../../coverage/bench.json"),
});

command.hook("preAction", () => {
  announceTarget("platforms and emulators of this measurement");
  installTools();
});
