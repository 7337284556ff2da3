import { type BuildResult, build, type Plugin } from "esbuild";
import { bundleOf, functionFiles } from "./function-files.ts";
import { packageVersions } from "./package-versions.ts";
import { pureCalls } from "./pure-calls.ts";
import { withoutJsonSchema } from "./without-json-schema.ts";

/** Credential sources that neither Lambda nor the emulators use, because both set keys in the environment. */
const UNUSED_CREDENTIAL_SOURCES = ["sso", "ini", "process", "web-identity", "http", "login"].map(
  (source) => `@aws-sdk/credential-provider-${source}`,
);

/** Imported by the SDK only for operations that stream events. No operation of DynamoDB or SQS does. */
const UNUSED_PROTOCOLS = ["@smithy/core/event-streams"];

/** Loaded only if a setting refers to a parameter, and then provided by Lambda. */
const PART_OF_LAMBDA = ["@aws-sdk/client-ssm"];

/**
 * Bundles every file of functions/. For a deployment each bundle is standalone, otherwise they share chunks.
 */
export function bundle(options: {
  readonly outdir: string;
  readonly deploy: boolean;
  /** False to return bundles in memory only. */
  readonly write?: boolean;
  readonly plugins?: readonly Plugin[];
}): Promise<BuildResult<{ metafile: true }>> {
  const { outdir, deploy, write = true, plugins = [] } = options;
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
    // The SDK's ES modules can be tree-shaken; its CommonJS files cannot.
    mainFields: ["module", "main"],
    external: [
      ...UNUSED_CREDENTIAL_SOURCES,
      "@smithy/credential-provider-imds",
      ...UNUSED_PROTOCOLS,
      ...(deploy ? PART_OF_LAMBDA : []),
    ],
    plugins: [pureCalls, withoutJsonSchema, packageVersions, ...plugins],
    logLevel: "warning",
    logLimit: 5,
  });
}

/**
 * Bundles the metrics exporter into one file that needs only Node. It supports all AWS credential sources.
 */
export async function bundleExporter(outfile: string): Promise<void> {
  await build({
    entryPoints: ["monitoring/exporter/main.ts"],
    outfile,
    bundle: true,
    minify: true,
    keepNames: true, // logs contain error names
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    // prom-client is CommonJS and requires modules of Node.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    logLevel: "warning",
    logLimit: 5,
  });
}
