import { describe, expect, test } from "vitest";
import type * as z from "zod";
import { limits } from "../domain/limits.ts";
import { email, instantInput, labels, line, name, pageQuery, person, severityInput, text } from "./fields.ts";

const accepts = (schema: z.ZodType, value: unknown) => schema.safeParse(value).success;
const faultOf = (schema: z.ZodType, value: unknown) => schema.safeParse(value).error?.issues[0]?.message;

describe("a text", () => {
  test("is measured in characters, not in units or bytes", () => {
    expect(accepts(text(1, 3), "🚨🚨🚨")).toBe(true);
    expect(accepts(text(1, 3), "🚨🚨🚨🚨")).toBe(false);
    expect(accepts(text(1, 3), "")).toBe(false);
    expect(accepts(text(0, 3), "")).toBe(true);
  });

  test("says its bounds", () => {
    expect(faultOf(text(1, 3), "abcd")).toBe("must have 1 to 3 characters");
  });
});

describe("a text of one line", () => {
  test.each(["a\u0000", "\ud83d", "\udea8x"])("is not %j, which cannot be stored", (value) => {
    for (const field of [text(1, 20), line(1, 20), name(20)])
      expect(faultOf(field, value)).toBe("must have no NUL characters or unpaired surrogates");
  });

  test("has its line breaks made blanks, and something in it", () => {
    expect(line(1, 20).parse(" down\r\n\nagain\u2028")).toBe("down again");
    expect(line(1, 20).parse("T19 \u0001\u202eup")).toBe("T19 up");
    expect(faultOf(line(1, 20), "\n ")).toBe("must not be blank");
    expect(faultOf(line(1, 20), "\u0001\u202e")).toBe("must not be blank");
  });
});

describe("a name", () => {
  test("is the same however it is spaced and capitalised", () => {
    expect(name(20).parse("  CheckOut API ")).toBe("checkout api");
  });

  test("has to have a character, and at most so many once it is trimmed", () => {
    expect(accepts(name(3), "   ")).toBe(false);
    expect(accepts(name(3), "  abc  ")).toBe(true);
    expect(accepts(name(3), "abcd")).toBe(false);
  });

  test.each(["\u0001", "a\tb", "a\u007f", "a\u202eb", "\u2066a"])("is not %j", (value) => {
    expect(faultOf(name(20), value)).toBe("must have no control characters or direction overrides");
  });
});

test("a severity is read in any case and by its other names; a fault names them all", () => {
  expect(["HIGH", "error", "Warning", "info"].map((value) => severityInput.parse(value))).toEqual([
    "high",
    "high",
    "medium",
    "low",
  ]);
  expect(faultOf(severityInput, "dire")).toMatch(/critical, high, medium, low/);
  expect(accepts(severityInput, 1)).toBe(false);
});

test("a time is parsed to epoch milliseconds; the error for another value shows the format", () => {
  expect(instantInput.parse("2026-11-23T10:00:00+01:00")).toBe(Date.UTC(2026, 10, 23, 9));
  expect(faultOf(instantInput, "soon")).toMatch(/2026-11-23T10:00:00Z/);
  expect(accepts(instantInput, "2".repeat(65))).toBe(false);
});

test("a person has a name and an address, which is lower-cased", () => {
  expect(person.parse({ name: "Ada", email: " Ada@Example.COM " })).toEqual({
    name: "Ada",
    email: "ada@example.com",
  });
  for (const wrong of ["ada", "ada@", "@example.com", `${"a".repeat(250)}@example.com`, "a b@example.com"]) {
    expect(accepts(email, wrong), wrong).toBe(false);
  }
});

describe("labels", () => {
  const of = (count: number) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`l${index}`, 1]));

  test("are texts, numbers and booleans, and nothing else", () => {
    const kinds = { a: "", b: 1e308, c: false };
    expect(labels.parse(kinds)).toEqual(kinds);
    for (const wrong of [null, [], {}, Number.POSITIVE_INFINITY]) {
      expect(accepts(labels, { a: wrong }), String(wrong)).toBe(false);
    }
    for (const wrong of [null, [], "a", 1]) expect(accepts(labels, wrong), String(wrong)).toBe(false);
  });

  test("are at most 64, with names of 1 to 128 and values of at most 2,048 characters", () => {
    expect(accepts(labels, of(limits.labelsPerAlert))).toBe(true);
    expect(accepts(labels, of(limits.labelsPerAlert + 1))).toBe(false);
    expect(accepts(labels, { "": "" })).toBe(false);
    expect(accepts(labels, { ["n".repeat(128)]: "v".repeat(2_048) })).toBe(true);
    expect(accepts(labels, { ["n".repeat(129)]: "" })).toBe(false);
    expect(accepts(labels, { n: "v".repeat(2_049) })).toBe(false);
  });
});

test("a limit is a number from 1 to 200, 50 unless given", () => {
  expect(pageQuery.limit.parse(undefined)).toBe(50);
  expect(["1", "007", "200"].map((value) => pageQuery.limit.parse(value))).toEqual([1, 7, 200]);
  for (const wrong of ["0", "201", "", "-1", "1.0", "1e2", " 1", "٣", "NaN", "9".repeat(400)]) {
    expect(accepts(pageQuery.limit, wrong), wrong).toBe(false);
  }
});
