/** The files of a bundle, from esbuild's metafile. */
import type { Metafile } from "esbuild";

type Outputs = Metafile["outputs"];

/** Files that a bundle loads when it first needs them. */
export interface LaterFiles {
  /** `re2js` */
  readonly name: string;
  readonly paths: readonly string[];
}

export interface FilesOfBundle {
  /** The bundle and the files that it imports: all of them are parsed before the first request. */
  readonly first: readonly string[];
  readonly later: readonly LaterFiles[];
}

export function filesOfBundle(outputs: Outputs, path: string): FilesOfBundle {
  const first = [...reached(outputs, path)];
  const starts = new Set(first.flatMap((file) => loadedBy(outputs, file)));
  const later: LaterFiles[] = [];
  for (const start of starts) {
    const found = [...reached(outputs, start)].filter((file) => !first.includes(file));
    if (found.length > 0) later.push({ name: nameOf(start), paths: found });
    for (const file of found) for (const next of loadedBy(outputs, file)) starts.add(next);
  }
  return { first, later };
}

/** Returns a file and everything that it imports. */
function reached(outputs: Outputs, path: string): ReadonlySet<string> {
  const files = new Set([path]);
  for (const file of files) {
    for (const { path: imported, kind, external } of outputs[file]?.imports ?? [])
      if (kind === "import-statement" && !external) files.add(imported);
  }
  return files;
}

function loadedBy(outputs: Outputs, path: string): string[] {
  const imports = outputs[path]?.imports ?? [];
  return imports
    .filter(({ kind, external }) => kind !== "import-statement" && !external)
    .map((each) => each.path);
}

/** Returns a file's name without folder, hash and extension. */
function nameOf(path: string): string {
  return path.replace(/^.*\//, "").replace(/(-[A-Z0-9]{8})?\.\w+$/, "");
}
