import { type BuildResult, build } from "esbuild";
import { bundleOf, functionFiles } from "./function-files.ts";
import { pureCalls } from "./pure-calls.ts";

/** Credential sources that neither Lambda nor the emulators use: both set keys in the environment. */
const UNUSED_CREDENTIAL_SOURCES = ["sso", "ini", "process", "web-identity", "http", "login"].map(
  (source) => `@aws-sdk/credential-provider-${source}`,
);

/** Asked for only where a setting names a parameter, and there on Lambda anyway. */
const PART_OF_LAMBDA = ["@aws-sdk/client-ssm"];

/** Bundles every function: each file of functions/. For a deployment each stands alone, else they share chunks. */
export function bundle(options: {
  readonly outdir: string;
  readonly deploy: boolean;
  /** False: bundles come back in memory alone. */
  readonly write?: boolean;
}): Promise<BuildResult<{ metafile: true }>> {
  const { outdir, deploy, write = true } = options;
  return build({
    entryPoints: functionFiles(".").map(({ path }) => ({ in: path, out: bundleOf(path) })),
    outdir,
    write,
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
    external: [
      ...UNUSED_CREDENTIAL_SOURCES,
      "@smithy/credential-provider-imds",
      ...(deploy ? PART_OF_LAMBDA : []),
    ],
    plugins: [pureCalls],
    logLevel: "warning",
    logLimit: 5,
  });
}

/** Bundles the metrics exporter into one file that needs nothing beside Node: it finds credentials wherever AWS has them. */
export async function bundleExporter(outfile: string): Promise<void> {
  await build({
    entryPoints: ["monitoring/exporter/main.ts"],
    outfile,
    bundle: true,
    minify: true,
    keepNames: true, // logs name errors
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    // prom-client is CommonJS and asks for modules of Node's own.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    logLevel: "warning",
    logLimit: 5,
  });
}
