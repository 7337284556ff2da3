import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { etagOf } from "./etag.ts";

interface StaticFile {
  readonly content: Buffer<ArrayBuffer>;
  readonly etag: string;
}

const files = new Map<string, Promise<StaticFile>>();

/** Reads a file that the build wrote to a folder of dist/. Each file is read once. */
export function readStaticFile(folder: string, name: string): Promise<StaticFile> {
  // Lambda starts in the package's folder. This module's own path is no guide: bundles may share chunks.
  const path = join(process.env.BUNDLES_DIR ?? process.cwd(), "dist", folder, name);
  let file = files.get(path);
  if (!file) {
    file = read(path);
    files.set(path, file);
    file.catch(() => files.delete(path));
  }
  return file;
}

async function read(path: string): Promise<StaticFile> {
  const content = await readFile(path);
  return { content, etag: etagOf(content) };
}
