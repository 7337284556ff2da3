/** Size of each deployed bundle, and its load time in a new process, compared with a handler that only has the SDK. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";
import { bundleBudget } from "../../ci/checks/bundles.ts";
import { bundle } from "../../infra/build/bundle.ts";
import { filesOfBundle } from "../../infra/build/files-of-bundle.ts";
import { quantile, type Row, rounded } from "./report.ts";

interface Bundle {
  readonly name: string;
  readonly file: string;
  /** Parsed before the first request. */
  readonly kib: number;
  readonly gzipKib: number;
  /** Loaded later. */
  readonly laterKib: number;
}

/** Bundles whose load time people or senders wait for. */
const waitedFor = ["receive-alerts", "correlate-alerts-queue", "show-page", "act"];
/** Load time in relation to the bare handler. */
const mostRatio = 1.2;

/** @param shown number of the largest bundles with their own row */
export async function measureBundles({ runs, shown }: { runs: number; shown: number }): Promise<Row[]> {
  const outdir = mkdtempSync(join(tmpdir(), "bundles-"));
  try {
    const bundles = (await builtIn(outdir)).toSorted((a, b) => b.kib - a.kib);
    const median = (pick: (one: Bundle) => number) => quantile(bundles.map(pick), 0.5);
    const section = `Bundles (${bundles.length}, minified)`;
    return [
      ...bundles.slice(0, shown).map((one) => ({
        section,
        what: one.name,
        value: one.kib,
        unit: "KiB",
        beside: `gzip ${rounded(one.gzipKib)} KiB, later ${rounded(one.laterKib)} KiB`,
        aim: { most: bundleBudget(one.name) / 1_024 },
      })),
      {
        section,
        what: "median of all",
        value: median(({ kib }) => kib),
        unit: "KiB",
        // All but those for monitoring systems know people: their sessions and roles.
        aim: { most: 345 },
        beside: `gzip ${rounded(median(({ gzipKib }) => gzipKib))} KiB`,
      },
      ...(await loadTimes(outdir, bundles, runs)),
    ];
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

async function builtIn(outdir: string): Promise<Bundle[]> {
  const { outputs } = await bundle({ outdir, deploy: true });
  return Object.entries(outputs)
    .filter(([, { entryPoint = "" }]) => entryPoint.startsWith("functions/"))
    .map(([path]) => {
      const { first, later } = filesOfBundle(outputs, path);
      const kibOf = (paths: readonly string[]) =>
        paths.reduce((sum, file) => sum + (outputs[file]?.bytes ?? 0), 0) / 1_024;
      return {
        name: path.slice(path.indexOf("functions/")).replace(/\.mjs$/, ""),
        file: resolve(path),
        kib: kibOf(first),
        gzipKib: first.reduce((sum, file) => sum + gzipSync(readFileSync(file)).length, 0) / 1_024,
        laterKib: kibOf(later.flatMap(({ paths }) => paths)),
      };
    });
}

/** Measures bundles and the bare handler in turn, because the machine may be slower at times. */
async function loadTimes(outdir: string, bundles: readonly Bundle[], runs: number): Promise<Row[]> {
  const bare = join(outdir, "bare-handler.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "bare-handler.ts")],
    outfile: bare,
    bundle: true,
    minify: true,
    platform: "node",
    target: "node24",
    format: "esm",
    mainFields: ["module", "main"],
    logLevel: "warning",
  });
  const files = new Map([
    ["bare handler", bare],
    ...bundles
      .filter(({ name }) => waitedFor.includes(basename(name)))
      .map(({ name, file }) => [name, file] as const),
  ]);
  const times = new Map([...files.keys()].map((name) => [name, [] as number[]]));
  for (let run = 0; run < runs; run += 1)
    for (const [name, file] of files) times.get(name)?.push(importMs(file));
  const fastest = (name: string) => Math.min(...(times.get(name) ?? []));
  const section = `Import in a new process (fastest of ${runs})`;
  return [...files.keys()].map((what) => ({
    section,
    what,
    value: fastest(what),
    unit: "ms",
    ...(what !== "bare handler" && {
      beside: `${rounded(fastest(what) / fastest("bare handler"))} × the bare handler`,
      aim: { most: mostRatio * fastest("bare handler") },
    }),
  }));
}

function importMs(file: string): number {
  const code = `const startedAt = performance.now();
    await import(${JSON.stringify(pathToFileURL(file).href)});
    console.log(performance.now() - startedAt);`;
  const { stdout, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", code], {
    encoding: "utf8",
  });
  if (!stdout) throw new Error(`${file} can't be imported:\n${stderr}`);
  return Number(stdout);
}
