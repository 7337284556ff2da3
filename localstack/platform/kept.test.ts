import { statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../tests/support/platform/platform.ts";
import { forgetValue, keepValue, keptValue } from "./kept.ts";

test("a value is kept for its key alone, and readable for its owner alone", () => {
  const folder = temporaryFolder();
  expect(keptValue(folder, "service", "key")).toBeUndefined();
  keepValue(folder, "service", "key", { secret: "s" });
  expect(keptValue(folder, "service", "key")).toEqual({ secret: "s" });
  expect(keptValue(folder, "service", "other key")).toBeUndefined();
  expect(keptValue(folder, "other", "key")).toBeUndefined();
  expect(statSync(join(folder, "cache/service.json")).mode & 0o777).toBe(0o600);
});

test("a forgotten or unreadable value is none", () => {
  const folder = temporaryFolder();
  keepValue(folder, "bundles", "key", true);
  forgetValue(folder, "bundles");
  expect(keptValue(folder, "bundles", "key")).toBeUndefined();
  writeFileSync(join(folder, "cache/bundles.json"), '{"key":"key","val');
  expect(keptValue(folder, "bundles", "key")).toBeUndefined();
});

test("a value that can't be written is not kept", () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  expect(() => keepValue(file, "service", "key", 1)).not.toThrow();
  expect(keptValue(file, "service", "key")).toBeUndefined();
});
