import fc from "fast-check";
import { ulid } from "ulid";
import { expect, test } from "vitest";
import { timeOfId } from "./ids.ts";

test("an ID contains the time of its creation", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 48 - 1 }), (at) => {
      expect(timeOfId(`alt_${ulid(at)}`)).toBe(at);
    }),
  );
});
