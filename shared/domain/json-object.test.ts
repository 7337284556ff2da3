import { expect, test } from "vitest";
import { canonicalJson } from "./json-object.ts";

test.each([
  ["fields in another order", { a: 1, b: { c: [2], d: 3 } }, { b: { d: 3, c: [2] }, a: 1 }, true],
  ["another value", { a: 1 }, { a: 2 }, false],
  ["a list in another order", [1, 2], [2, 1], false],
  ["nothing", {}, undefined, false],
])("canonical JSON of %s", (_case, one, other, same) => {
  expect(canonicalJson(one) === canonicalJson(other)).toBe(same);
});
