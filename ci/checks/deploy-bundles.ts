import { gzipSync } from "node:zlib";
import { bundle } from "../../infra/build/bundle.ts";
import { filesOfBundle } from "../../infra/build/files-of-bundle.ts";

/** A deployed bundle. */
export interface Bundle {
  /** `functions/alerts/get-alert` */
  readonly name: string;
  /** All code, including what is loaded later. */
  readonly text: string;
  /** Size of the code that is parsed before the first request. */
  readonly bytes: number;
  /** Its source files and their bytes. */
  readonly inputs: ReadonlyMap<string, number>;
  /** Code that is loaded when it is first needed. */
  readonly later: readonly { readonly name: string; readonly bytes: number }[];
}

let built: Promise<readonly Bundle[]> | undefined;

/** Built in memory once for all checks, because dist/ may be in use. */
export function deployBundles(): Promise<readonly Bundle[]> {
  built ??= build();
  return built;
}

async function build(): Promise<readonly Bundle[]> {
  const { outputs, files } = await bundle({ outdir: "dist", deploy: true, write: false });
  const textOf = (path: string) => files.find((file) => file.path.endsWith(`/${path}`))?.text ?? "";
  const bytesOf = (paths: readonly string[]) =>
    paths.reduce((sum, path) => sum + (outputs[path]?.bytes ?? 0), 0);
  return Object.keys(outputs)
    .filter((path) => path.startsWith("dist/functions/"))
    .map((path) => {
      const { first, later } = filesOfBundle(outputs, path);
      return {
        name: path.replace(/^dist\//, "").replace(/\.mjs$/, ""),
        text: [...first, ...later.flatMap(({ paths }) => paths)].map(textOf).join("\n"),
        bytes: bytesOf(first),
        inputs: new Map(
          first
            .flatMap((file) => Object.entries(outputs[file]?.inputs ?? {}))
            .map(([input, { bytesInOutput }]) => [input, bytesInOutput] as const)
            .filter(([, left]) => left > 0),
        ),
        later: later.map(({ name, paths }) => ({ name, bytes: bytesOf(paths) })),
      };
    });
}

export function gzippedBytes(text: string): number {
  return gzipSync(text).length;
}
