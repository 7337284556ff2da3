import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { limits } from "../../domain/limits.ts";
import { TooLarge, UnknownEncoding, Unreadable } from "../errors.ts";
import { readBody } from "./body.ts";

const text = '{"message":"Störung 🚨"}';

function read(body: string | Buffer<ArrayBuffer>, encoding?: string): Promise<string> {
  const headers = encoding === undefined ? {} : { "content-encoding": encoding };
  return readBody(new Request("http://localhost", { method: "POST", headers, body }));
}

describe("a body", () => {
  test.each([
    ["gzip", gzipSync(text)],
    ["GZIP", gzipSync(text)],
    ["x-gzip", gzipSync(text)],
    ["deflate", deflateSync(text)],
    ["deflate", deflateRawSync(text)],
    ["deflate, gzip", gzipSync(deflateSync(text))],
    ["gzip,deflate", deflateSync(gzipSync(text))],
    ["gzip, identity", gzipSync(text)],
    ["identity", Buffer.from(text)],
    ["", Buffer.from(text)],
  ])("is decoded as its Content-Encoding %j says", async (encoding, body) => {
    expect(await read(body, encoding)).toBe(text);
  });

  test("is read as it came without one", async () => {
    expect(await read(text)).toBe(text);
    expect(await read(`\ufeff${text}`)).toBe(text);
  });

  test("that is empty needs no decoding", async () => {
    expect(await read("", "gzip")).toBe("");
  });

  test.each(["br", "zstd", "compress", "gzip, br", "constructor", "x".repeat(10_000)])(
    "with the encoding %s is not supported",
    async (encoding) => {
      await expect(read(brotliCompressSync(text), encoding)).rejects.toThrow(UnknownEncoding);
    },
  );

  test("is not decoded any number of times", async () => {
    await expect(read(text, Array(10_000).fill("gzip").join())).rejects.toThrow(UnknownEncoding);
  });

  test.each([
    ["gzip", Buffer.from(text)],
    ["gzip", gzipSync(text).subarray(0, -5)],
    [
      "gzip",
      Buffer.concat([gzipSync(text).subarray(0, 12), Buffer.from("damage"), gzipSync(text).subarray(18)]),
    ],
    ["deflate", Buffer.from(text)],
    ["deflate", deflateSync(text).subarray(0, -5)],
    ["gzip, deflate", deflateSync(text)],
  ])("that is not what its encoding %j says can't be read", async (encoding, body) => {
    await expect(read(body, encoding)).rejects.toThrow(Unreadable);
  });

  test("may weigh its limit in bytes, however it comes, and not one more", async () => {
    const full = `${"ä".repeat(limits.bodyBytes / 2)}`;
    const encodings = [
      [undefined, (body: string) => Buffer.from(body)],
      ["gzip", gzipSync],
      ["deflate", deflateSync],
    ] as const;
    for (const [encoding, encode] of encodings) {
      expect((await read(encode(full), encoding)).length).toBe(full.length);
      await expect(read(encode(`${full}x`), encoding)).rejects.toThrow(TooLarge);
    }
  });

  test("that would decompress to gigabytes is not decompressed", async () => {
    const bomb = gzipSync(gzipSync(Buffer.alloc(512 * 1024 * 1024)));
    const before = process.memoryUsage().rss;
    await expect(read(bomb, "gzip, gzip")).rejects.toThrow(TooLarge);
    expect(process.memoryUsage().rss - before).toBeLessThan(64 * 1024 * 1024);
  });
});
