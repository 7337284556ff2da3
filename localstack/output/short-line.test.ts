import { expect, test } from "vitest";
import * as z from "zod";
import { shortLines } from "./short-line.ts";

const line = (fields: object) => JSON.stringify({ level: "error", message: "message failed", ...fields });
const invalid = z
  .object({ id: z.string("expected a string"), at: z.number("expected a number") })
  .safeParse({}).error;

test.each([
  { fields: {}, short: "error: message failed" },
  {
    fields: { reason: "The database is not available" },
    short: "error: message failed (The database is not available)",
  },
  { fields: { error: { message: "no\n  luck" } }, short: "error: message failed (no luck)" },
  { fields: { error: "gone" }, short: "error: message failed (gone)" },
  {
    fields: { error: { message: invalid?.message } },
    short: "error: message failed (id: expected a string; at: expected a number)",
  },
])("$fields is shown in one line", ({ fields, short }) => {
  expect(shortLines(() => 0)(line(fields))).toBe(short);
});

test("a long reason is cut", () => {
  expect(shortLines(() => 0)(line({ reason: "x".repeat(5_000) }))).toMatch(/^error: .{200,240}…$/);
});

test("the same line is shown once in ten seconds, then with how often it came", () => {
  let now = 0;
  const shorten = shortLines(() => now);
  const shown = [0, 1_000, 9_000, 10_000, 30_000].map((at) => {
    now = at;
    return shorten(line({}));
  });
  expect(shown).toEqual([
    "error: message failed",
    undefined,
    undefined,
    "error: message failed (and 2 more like it)",
    "error: message failed",
  ]);
  expect(shorten(line({ reason: "another" }))).toBe("error: message failed (another)");
});
