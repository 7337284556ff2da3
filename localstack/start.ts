/** `npm start`: runs the platform in this process and its children. */
import { existsSync } from "node:fs";
import { enableCompileCache } from "node:module";
import { resolve } from "node:path";
import { NODE_SETTINGS } from "./processes/node-settings.ts";

process.chdir(`${import.meta.dirname}/..`);
enableCompileCache(NODE_SETTINGS.NODE_COMPILE_CACHE); // before the other modules are loaded
if (existsSync(".env")) process.loadEnvFile();
const { digestSources } = await import("./platform/sources.ts");
const { resolveService } = await import("./service/service.ts");
const sources = digestSources(".", process.env);
// It takes longest, so it starts before the other modules are loaded.
const resolving = resolveService(resolve(process.env.DATA_DIR || ".data"), sources.service);
resolving.catch(() => {}); // It is handled once they are.
const { runPlatform } = await import("./platform/run.ts");
await runPlatform(sources, resolving);
