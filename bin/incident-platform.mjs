#!/usr/bin/env node
/** The command of the npm package: runs cli.ts with a Node.js that runs TypeScript, in the user's folder. */
import { spawn } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const preload = new URL("strip-types.mjs", import.meta.url).href;
const requiredMajor = 24;

// These and the memory arenas are those of `npm start`.
const heapFlags = ["--max-semi-space-size=8", "--initial-old-space-size=48", "--heap-growing-percent=40"];
const child = spawn(findNode(), [...heapFlags, join(root, "cli.ts"), ...process.argv.slice(2)], {
  stdio: "inherit",
  env: {
    ...process.env,
    NODE_OPTIONS:
      `${process.env.NODE_OPTIONS ?? ""} --disable-warning=ExperimentalWarning --import=${preload}`.trim(),
    MALLOC_ARENA_MAX: "2",
    PREBUILT_BUNDLES: process.env.PREBUILT_BUNDLES ?? join(root, "dist/prebuilt"),
    PARENT_PID: `${process.pid}`,
  },
});
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
// npx and its shell end on a signal without passing it on.
const parent = process.ppid;
const watch = setInterval(() => {
  if (process.ppid !== parent) child.kill("SIGTERM");
}, 500);
watch.unref();
child.on("error", (error) => {
  console.error(error.message);
  process.exitCode = 1;
});
child.on("exit", (code, signal) => {
  process.exitCode = code ?? (signal === null ? 1 : 128);
});

/** Returns this Node.js if it is new enough, otherwise the one that the package depends on. */
function findNode() {
  if (Number(process.versions.node.split(".")[0]) >= requiredMajor) return process.execPath;
  try {
    const folder = dirname(createRequire(import.meta.url).resolve("node/package.json"));
    return join(folder, process.platform === "win32" ? "bin/node.exe" : "bin/node");
  } catch {
    console.error(`Node.js ${requiredMajor} or later is required; this is ${process.version}.`);
    return process.exit(1);
  }
}
