import { expect, test } from "vitest";
import { functions } from "./per-function.ts";

test("names of functions fit Lambda's 64 characters in the longest stage", () => {
  const prefix = `incident-platform-${"s".repeat(20)}`;
  const names = Object.values(functions).map(({ name }) =>
    name.replace(`\${self:custom.names.prefix}`, prefix),
  );
  expect(names.length).toBeGreaterThan(90);
  expect(names.filter((name) => name.length > 64)).toEqual([]);
});
