/** `npm start`: bundles the functions and runs `serverless offline start` in this process. */
import { existsSync } from "node:fs";
import { createRequire, enableCompileCache } from "node:module";
import { exitOnProblem } from "../infra/problem.ts";
import { prepareFoundation } from "./platform/platform.ts";

process.chdir(`${import.meta.dirname}/..`);
enableCompileCache("node_modules/.cache/local-platform");
if (existsSync(".env")) process.loadEnvFile();

// The emulators start in parallel with the bundler and the CLI. The plugin waits for them.
const foundation = prepareFoundation().catch(exitOnProblem);
await foundation;
await import("../infra/stack/per-function.ts"); // the CLI would wait for good, silently, if it can't be loaded

Object.assign(process.env, {
  SLS_LOG_LEVEL: "error",
  SLS_NOTIFICATIONS_MODE: "off",
  SLS_CONFIG_VALIDATION: "off", // saves half a second; packaging validates
});
process.argv.splice(2, Infinity, "offline", "start", "--noSponsor");
createRequire(import.meta.url)("serverless/bin/serverless.js");
