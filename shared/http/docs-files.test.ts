import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { writeDocsAssets } from "../../infra/build/docs-assets.ts";
import { docsFile } from "./docs-files.ts";

const root = mkdtempSync(join(tmpdir(), "docs-"));

beforeAll(() => {
  writeDocsAssets(join(root, "dist/docs-assets"));
  vi.stubEnv("BUNDLES_DIR", root);
});

afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(root, { recursive: true });
});

const get = (name: string, headers: Record<string, string> = {}) => docsFile(name, new Headers(headers));

describe("a file of the API reference", () => {
  it("is the same whether it comes compressed or not", async () => {
    const plain = await get("swagger-ui.css");
    const zipped = await get("swagger-ui.css", { "accept-encoding": "br, gzip;q=0.8" });
    expect(plain.headers.get("content-encoding")).toBeNull();
    expect(zipped.headers.get("content-encoding")).toBe("gzip");
    expect(zipped.headers.get("etag")).not.toBe(plain.headers.get("etag"));
    const unzipped = gunzipSync(Buffer.from(await zipped.arrayBuffer())).toString();
    expect(unzipped).toBe(await plain.text());
  });

  it.each(["identity", "gzip;q=0", "gzip;q=0.0", "br"])("comes plain to who accepts %s", async (accepted) => {
    expect(
      (await get("init.js", { "accept-encoding": accepted })).headers.get("content-encoding"),
    ).toBeNull();
  });

  it("that is known already comes without a body", async () => {
    const etag = (await get("init.js")).headers.get("etag") ?? "";
    const again = await get("init.js", { "if-none-match": `"other", ${etag}` });
    expect([again.status, await again.text()]).toEqual([304, ""]);
  });

  it("loads nothing from other hosts and allows no inline script", async () => {
    const page = await get("index.html");
    expect(page.headers.get("content-security-policy")).not.toMatch(/unsafe|https?:/);
    const html = await page.text();
    expect(html).not.toMatch(/https?:|<script(?![^>]*src=)|\son\w+=/);
  });

  it.each(["../package.json", "index.html.gz", "__proto__", "swagger-ui.js", ""])(
    "%j is none",
    async (name) => {
      await expect(get(name)).rejects.toThrow("File of the API reference");
    },
  );
});
