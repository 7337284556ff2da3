import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { decoded, textOfFile } from "./text-file.ts";

/** Longer than the pieces in which a file is read, and with characters that lie across two of them. */
const text = `{"name":"Zoë"}\r\n${"a€🚨".repeat(30_000)}`;

describe("a text file", () => {
  const folder = mkdtempSync(join(tmpdir(), "text-file-"));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    ["UTF-8", Buffer.from(text)],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${text}`)],
    ["UTF-16", Buffer.from(`\ufeff${text}`, "utf16le")],
    ["UTF-16 without a mark", Buffer.from(text, "utf16le")],
    ["UTF-16 of the other order", Buffer.from(`\ufeff${text}`, "utf16le").swap16()],
  ])("in %s is read as it was written, at once or in pieces", async (_, bytes) => {
    const path = join(folder, "text");
    writeFileSync(path, bytes);
    const pieces = await Array.fromAsync(textOfFile(path));
    expect([decoded(bytes) === text, pieces.join("") === text, pieces.length > 2]).toEqual([
      true,
      true,
      true,
    ]);
  });

  test("may be empty", async () => {
    const path = join(folder, "empty");
    writeFileSync(path, "");
    expect([decoded(new Uint8Array()), (await Array.fromAsync(textOfFile(path))).join("")]).toEqual(["", ""]);
  });
});
