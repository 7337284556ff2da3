/** Size of each deployed bundle, and its load time in a new process. */
import { spawnSync } from "node:child_process";
import { globSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, relative } from "node:path";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { bundleBudget } from "../../ci/checks/bundles.ts";
import { bundle } from "../../infra/build/bundle.ts";
import { quantile, type Row, rounded } from "./report.ts";

interface Bundle {
  readonly name: string;
  readonly kib: number;
  readonly gzipKib: number;
  readonly importMs: number;
}

/** @param shown number of the largest bundles with their own row */
export async function measureBundles({ runs, shown }: { runs: number; shown: number }): Promise<Row[]> {
  const outdir = mkdtempSync(join(tmpdir(), "bundles-"));
  await bundle({ outdir, deploy: true });
  const bundles = globSync(`${outdir}/functions/**/*.mjs`).map((file): Bundle => {
    const code = readFileSync(file);
    const times = Array.from({ length: runs }, () => importMs(file));
    return {
      name: relative(outdir, file).replace(/\.mjs$/, ""),
      kib: code.length / 1_024,
      gzipKib: gzipSync(code).length / 1_024,
      importMs: quantile(times, 0.5),
    };
  });
  rmSync(outdir, { recursive: true, force: true });
  const largest = bundles.toSorted((a, b) => b.kib - a.kib);
  const median = (pick: (one: Bundle) => number) => rounded(quantile(bundles.map(pick), 0.5));
  const section = `Bundles (${bundles.length}, minified / gzip, cold import)`;
  return [
    ...largest.slice(0, shown).map((one) => ({
      section,
      what: basename(one.name),
      value: one.kib,
      unit: "KiB",
      beside: `gzip ${rounded(one.gzipKib)} KiB, import ${rounded(one.importMs)} ms`,
      aim: { most: bundleBudget(one.name) / 1_024 },
    })),
    {
      section,
      what: "median of all",
      value: quantile(
        bundles.map(({ kib }) => kib),
        0.5,
      ),
      unit: "KiB",
      aim: { most: 400 },
      beside: `gzip ${median(({ gzipKib }) => gzipKib)} KiB, import ${median((one) => one.importMs)} ms`,
    },
  ];
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
