/** `npm start`: runs the platform in this process and its children. */
import { existsSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { COMPILE_CACHE } from "./processes/compile-cache.ts";

process.chdir(`${import.meta.dirname}/..`);
enableCompileCache(COMPILE_CACHE); // before the other modules are loaded
if (existsSync(".env")) process.loadEnvFile();
const { runPlatform } = await import("./platform/run.ts");
await runPlatform();
