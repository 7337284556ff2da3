import { readFile } from "node:fs/promises";
import { brotliCompressSync } from "node:zlib";
import type { Plugin } from "esbuild";

/** Keeps the OpenAPI document compressed in the bundle that contains it: an eighth of its size. */
export const compressedDocument: Plugin = {
  name: "compressed-document",
  setup({ onLoad }) {
    onLoad({ filter: /[\\/]infra[\\/]build[\\/]openapi\.json$/ }, async ({ path }) => {
      const document = JSON.stringify(JSON.parse(await readFile(path, "utf8")));
      return { contents: moduleOf(brotliCompressSync(document).toString("base64")) };
    });
  },
};

function moduleOf(compressed: string): string {
  return `
    import { brotliDecompressSync } from "node:zlib";
    const document = brotliDecompressSync(Buffer.from("${compressed}", "base64"));
    export default JSON.parse(document.toString());
  `;
}
