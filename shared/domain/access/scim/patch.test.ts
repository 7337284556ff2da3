import { expect, test } from "vitest";
import { applyPatch } from "./patch.ts";
import { groupShapes } from "./scim-group.ts";

test.each(["add", "remove"] as const)("%s compares each member of a large group once", (op) => {
  const size = 1_000;
  let reads = 0;
  const members = Array.from({ length: size }, (_, n) => ({
    get value() {
      reads += 1;
      return `usr_${n}`;
    },
  }));
  const others = Array.from({ length: size }, (_, n) => ({ value: `usr_${size + n}` }));
  const changed = applyPatch({ members }, [{ op, path: "members", value: others }], groupShapes);
  expect(changed.members).toHaveLength(op === "add" ? 2 * size : size);
  expect(reads).toBe(size);
});
