import { gzipSync } from "node:zlib";
import { bundle } from "../../infra/build/bundle.ts";

/** A deployed bundle. */
export interface Bundle {
  /** `functions/alerts/get-alert` */
  readonly name: string;
  readonly text: string;
  readonly bytes: number;
  /** Source files and their bytes in the bundle. */
  readonly inputs: ReadonlyMap<string, number>;
}

let built: Promise<readonly Bundle[]> | undefined;

/** Built in memory once for all checks, because dist/ may be in use. */
export function deployBundles(): Promise<readonly Bundle[]> {
  built ??= build();
  return built;
}

async function build(): Promise<readonly Bundle[]> {
  const { metafile, outputFiles = [] } = await bundle({ outdir: "dist", deploy: true, write: false });
  return Object.entries(metafile.outputs).map(([path, { bytes, inputs }]) => ({
    name: path.replace(/^dist\//, "").replace(/\.mjs$/, ""),
    text: outputFiles.find((file) => file.path.endsWith(`/${path}`))?.text ?? "",
    bytes,
    inputs: new Map(
      Object.entries(inputs)
        .map(([input, { bytesInOutput }]) => [input, bytesInOutput] as const)
        .filter(([, left]) => left > 0),
    ),
  }));
}

export function gzippedBytes(text: string): number {
  return gzipSync(text).length;
}
