/** Runs the serverless CLI to the point where localstack/plugin.ts answers with the service that it has read. */
import { createRequire } from "node:module";
import { RESOLVE_ONLY } from "./resolve-only.ts";

await import("../../infra/stack/per-function.ts"); // the CLI would wait forever, silently, if it can't be loaded
Object.assign(process.env, {
  SLS_LOG_LEVEL: "error",
  SLS_NOTIFICATIONS_MODE: "off",
  [RESOLVE_ONLY]: "yes",
  SLS_CONFIG_VALIDATION: "off", // saves half a second; packaging validates
});
process.argv.splice(2, Infinity, "offline", "start");
createRequire(import.meta.url)("serverless/bin/serverless.js");
