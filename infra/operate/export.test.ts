import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { assertReplaceable } from "./export.ts";

test("an export replaces files, and neither folders nor devices", () => {
  expect(() => assertReplaceable(tmpdir())).toThrow("is not a regular file");
  expect(() => assertReplaceable("/dev/null")).toThrow(
    "/dev/null is not a regular file. Use another name, or -",
  );
  expect(() => assertReplaceable(import.meta.filename)).not.toThrow();
  expect(() => assertReplaceable(join(tmpdir(), "no-such-export.jsonl"))).not.toThrow();
});
