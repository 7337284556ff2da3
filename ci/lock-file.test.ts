import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { tooNewForNode20 } from "../tests/support/platform/node-20.ts";

// Such packages run on the Node.js of the dependencies.
test("npm ci on Node 20 warns of no package", () => {
  const lock = readFileSync(join(import.meta.dirname, "../package-lock.json"), "utf8");
  const found = tooNewForNode20(JSON.parse(lock).packages);
  expect(found, 'Remove the "engines" of these packages from package-lock.json').toEqual([]);
});

test("a package that needs a newer Node.js is found, unless it is optional", () => {
  const engines = (node: string) => ({ engines: { node } });
  expect(
    tooNewForNode20({
      any: {},
      old: engines(">=18"),
      both: engines("^20.19.0 || >=22.12.0"),
      new: engines(">=22.5.0"),
      newest: engines("^22.13.0 || >=24"),
      left: { ...engines(">=22"), optional: true },
    }),
  ).toEqual(["new", "newest"]);
});
