import fc from "fast-check";
import { expect, test } from "vitest";
import { Invalid } from "../../domain/errors.ts";
import { limits } from "../../domain/limits.ts";
import { decodeCursor, encodeCursor } from "./cursor.ts";
import { pageOf } from "./query.ts";

const position = fc.string({ unit: "grapheme", minLength: 1 });

test("a cursor leads back to its position in its list", () => {
  fc.assert(
    fc.property(fc.string(), position, (list, at) => {
      expect(decodeCursor(list, encodeCursor(list, at))).toBe(at);
    }),
  );
});

test("a cursor of another list is refused", () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), position, (list, other, at) => {
      fc.pre(list !== other);
      expect(() => decodeCursor(other, encodeCursor(list, at))).toThrow(Invalid);
    }),
  );
});

test("a cursor with any of its bits changed is refused", () => {
  const intact = Buffer.from(encodeCursor("incidents", "inc_01"), "base64url");
  for (let bit = 0; bit < intact.length * 8; bit += 1) {
    const damaged = Buffer.from(intact);
    damaged[bit >> 3] = (damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7));
    expect(() => decodeCursor("incidents", damaged.toString("base64url")), `bit ${bit}`).toThrow(Invalid);
  }
});

test.each(["", "null", "e30", "WyJhIl0", "W10", "🚨", "x".repeat(10_000)])("%j is no cursor", (cursor) => {
  expect(() => decodeCursor("incidents", cursor)).toThrow(Invalid);
});

test("a forged or endless one is rejected: no key looks like that", () => {
  for (const at of ["", "x".repeat(2_000), "a\ud800b"]) {
    expect(() => decodeCursor("incidents", encodeCursor("incidents", at))).toThrow(Invalid);
  }
});

test("an invalid cursor is a fault of the field cursor", () => {
  expect(() => decodeCursor("incidents", "x")).toThrow(
    expect.objectContaining({
      faults: [{ path: "cursor", message: "must be the next_cursor of a response of this list" }],
    }),
  );
});

test("a list without a cursor, or with an empty one, begins at its first page", () => {
  for (const cursor of [undefined, ""])
    expect(pageOf({ cursor }, "list")).toEqual({ limit: limits.defaultPageSize, after: null });
  expect(() => pageOf({ cursor: " " }, "list")).toThrow(Invalid);
});
