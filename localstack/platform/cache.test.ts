import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../tests/support/platform/platform.ts";
import { deleteCache, readCache, writeCache } from "./cache.ts";

test("a value is kept for its key alone, and readable for its owner alone", () => {
  const folder = temporaryFolder();
  expect(readCache(folder, "service", "key")).toBeUndefined();
  writeCache(folder, "service", "key", { secret: "s" });
  expect(readCache(folder, "service", "key")).toEqual({ secret: "s" });
  expect(readCache(folder, "service", "other key")).toBeUndefined();
  expect(readCache(folder, "other", "key")).toBeUndefined();
  expect(statSync(join(folder, "cache/service.json")).mode & 0o777).toBe(0o600);
});

test("a forgotten or unreadable value is none", () => {
  const folder = temporaryFolder();
  writeCache(folder, "bundles", "key", true);
  deleteCache(folder, "bundles");
  expect(readCache(folder, "bundles", "key")).toBeUndefined();
  writeFileSync(join(folder, "cache/bundles.json"), '{"key":"key","val');
  expect(readCache(folder, "bundles", "key")).toBeUndefined();
});

test("a value that can't be written is not kept", () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  expect(() => writeCache(file, "service", "key", 1)).not.toThrow();
  expect(readCache(file, "service", "key")).toBeUndefined();
});
