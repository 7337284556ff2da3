import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";

interface LaidFile {
  readonly content: Buffer<ArrayBuffer>;
  readonly etag: string;
}

const loaded = new Map<string, Promise<LaidFile>>();

/** A file that the build has laid into a folder of dist/; read once. */
export function laidFile(folder: string, name: string): Promise<LaidFile> {
  // Lambda starts in the package's folder. This module's own path says nothing: bundles may share chunks.
  const path = join(process.env.BUNDLES_DIR ?? process.cwd(), "dist", folder, name);
  let file = loaded.get(path);
  if (!file) {
    file = read(path);
    loaded.set(path, file);
    file.catch(() => loaded.delete(path));
  }
  return file;
}

async function read(path: string): Promise<LaidFile> {
  const content = await readFile(path);
  return { content, etag: `"${createHash("sha256").update(content).digest("base64url").slice(0, 22)}"` };
}
