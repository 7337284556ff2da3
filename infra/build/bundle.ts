import { type BuildResult, build, type Metafile, type OutputFile, type Plugin } from "esbuild";
import { compressedDocument } from "./compressed-document.ts";
import { deferredPackages } from "./deferred.ts";
import { bundleOf, functionFiles } from "./function-files.ts";
import { leanHono } from "./lean-hono.ts";
import { leanSdk } from "./lean-sdk.ts";
import { leanZod } from "./lean-zod.ts";
import { oneFirstChunk } from "./one-first-chunk.ts";
import { packageVersions } from "./package-versions.ts";
import { pureCalls } from "./pure-calls.ts";

/** Imported by the SDK only for operations that stream events. No operation of DynamoDB or SQS does. */
const UNUSED_PROTOCOLS = ["@smithy/core/event-streams"];

/** Loaded only if a setting refers to a parameter, and then provided by Lambda. */
const PART_OF_LAMBDA = ["@aws-sdk/client-ssm"];

/** Functions with code that few requests need: the pages of configuration, the SMTP client, and parsers. */
const LOADS_LATER =
  /^functions\/(web\/(show-page|act|show-link|follow-link)|notifications\/(deliver-notification-queue|receive-ses-email))$/;

interface Options {
  readonly outdir: string;
  readonly deploy: boolean;
  /** False to return bundles in memory only. */
  readonly write?: boolean;
  readonly plugins?: readonly Plugin[];
  /** Bundles to build, such as `functions/alerts/get-alert`. Default: all. */
  readonly only?: readonly string[];
}

interface Built {
  /** Written files by path, as in esbuild's metafile. */
  readonly outputs: Metafile["outputs"];
  readonly files: readonly OutputFile[];
}

/**
 * Bundles every file of functions/. For a deployment no bundle shares files with another, except for deferred packages,
 * and only the code that few requests need is in files of its own. Otherwise bundles share chunks.
 */
export async function bundle(options: Options): Promise<Built> {
  const entries = functionFiles(".")
    .map(({ path }) => ({ in: path, out: bundleOf(path) }))
    .filter(({ out }) => options.only?.includes(out) ?? true);
  const separate = options.deploy ? entries.filter(({ out }) => LOADS_LATER.test(out)) : [];
  const rest = entries.filter((entry) => !separate.includes(entry));
  const built = await Promise.all([
    bundled(rest, { ...options, splitting: !options.deploy }),
    ...separate.map((entry) =>
      bundled([entry], {
        ...options,
        splitting: true,
        plugins: [...(options.plugins ?? []), oneFirstChunk(entry.in)],
      }),
    ),
  ]);
  return {
    outputs: Object.assign({}, ...built.map(({ metafile }) => metafile.outputs)),
    files: built.flatMap(({ outputFiles = [] }) => outputFiles),
  };
}

function bundled(
  entryPoints: { readonly in: string; readonly out: string }[],
  { outdir, deploy, write = true, plugins = [], splitting }: Options & { readonly splitting: boolean },
): Promise<BuildResult<{ metafile: true }>> {
  return build({
    entryPoints,
    outdir,
    write,
    outExtension: { ".js": ".mjs" },
    assetNames: "chunks/[name]",
    chunkNames: "chunks/[name]-[hash]",
    bundle: true,
    splitting,
    minify: deploy,
    sourcemap: deploy ? false : "linked",
    metafile: true,
    platform: "node",
    target: "node24",
    format: "esm",
    // The SDK's ES modules can be tree-shaken; its CommonJS files cannot.
    mainFields: ["module", "main"],
    external: [...UNUSED_PROTOCOLS, ...(deploy ? PART_OF_LAMBDA : [])],
    plugins: [
      // Before the plugins that load files of shared/, because the first that loads a file decides its contents.
      ...plugins,
      pureCalls,
      packageVersions,
      leanHono,
      leanSdk,
      leanZod,
      deferredPackages,
      compressedDocument,
    ],
    logLevel: "warning",
    logLimit: 5,
  });
}

/**
 * Bundles the metrics exporter into one file that needs only Node. It supports all AWS credential sources.
 */
export async function bundleExporter(outfile: string): Promise<void> {
  await bundleProgram("monitoring/exporter/main.ts", outfile);
}

/** Bundles a program into one file that needs only Node. */
export async function bundleProgram(file: string, outfile: string): Promise<void> {
  await build({
    entryPoints: [file],
    outfile,
    bundle: true,
    minify: true,
    keepNames: true, // logs contain error names
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    // prom-client and fastify are CommonJS and require modules of Node.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire(import.meta.url);',
    },
    logLevel: "warning",
    logLimit: 5,
  });
}
