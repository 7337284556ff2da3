/**
 * Bundles every file of functions/ on its own with esbuild.
 *
 * `node infra/build.ts`           local: functions share chunks, so all of them fit one process
 * `node infra/build.ts --deploy`  AWS: each bundle stands alone, minified; metafile in dist/meta.json
 */
import { globSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

/** Credential sources that neither Lambda nor the emulators use: both set keys in the environment. */
const UNUSED_CREDENTIAL_SOURCES = ["sso", "ini", "process", "web-identity", "http", "login"].map(
  (source) => `@aws-sdk/credential-provider-${source}`,
);

const deploy = process.argv.includes("--deploy");

rmSync("dist", { recursive: true, force: true });
const result = await build({
  entryPoints: globSync("functions/**/*.{ts,tsx}", { exclude: (path) => /\.test\.tsx?$/.test(path) }),
  outbase: ".",
  outdir: "dist",
  outExtension: { ".js": ".mjs" },
  bundle: true,
  splitting: !deploy,
  minify: deploy,
  sourcemap: deploy ? false : "linked",
  metafile: true,
  platform: "node",
  target: "node24",
  format: "esm",
  // The SDK's ES modules shake off what a function doesn't call; its CommonJS ones don't.
  mainFields: ["module", "main"],
  external: [...UNUSED_CREDENTIAL_SOURCES, "@smithy/credential-provider-imds"],
  logLevel: "warning",
});
mkdirSync("dist", { recursive: true });
writeFileSync("dist/meta.json", JSON.stringify(result.metafile));
