import { brotliDecompressSync, gunzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { siteResponse } from "./html.ts";

const page = `<p>${"on call ".repeat(2_000)}</p>`;
const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());
const answer = (accepted: string, html = page) =>
  siteResponse(html, 200, new Headers({ "accept-encoding": accepted }));

test.each([
  ["br", "gzip, br", brotliDecompressSync],
  ["gzip", "gzip, br;q=0", gunzipSync],
])("a page is packed with %s for who takes that", async (coding, accepted, unpack) => {
  const response = answer(accepted);
  expect(response.headers.get("content-encoding")).toBe(coding);
  expect(response.headers.get("vary")).toBe("accept-encoding");
  const bytes = await bytesOf(response);
  expect(bytes.length).toBeLessThan(page.length / 10);
  expect(unpack(bytes).toString().startsWith(page)).toBe(true);
});

test("a page is left as it is for who takes nothing else, and where it is small", async () => {
  for (const [response, html] of [
    [answer("identity"), page],
    [answer("br", "<p>small</p>"), "<p>small</p>"],
  ] as const) {
    expect(response.headers.get("content-encoding")).toBeNull();
    expect((await bytesOf(response)).toString()).toBe(html);
  }
});

test("how long a packed page is differs from answer to answer", async () => {
  const lengths = await Promise.all(
    Array.from({ length: 50 }, async () => (await bytesOf(answer("br"))).length),
  );
  expect(new Set(lengths).size).toBeGreaterThan(10);
});
