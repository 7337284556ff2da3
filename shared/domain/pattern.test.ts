import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesPattern, patternFault } from "./pattern.ts";

test.each([
  ["eu-.*", "eu-central-1", true],
  ["eu-.*", "the eu-central-1", false],
  ["a|b", "b", true],
  ["a|b", "ab", false],
  [".*down.*", "first\nis down\nlast", true],
  ["(?i)DOWN", "down", true],
  ["\\p{L}+", "größe", true],
  ["", "", true],
  ["", "x", false],
])("%o describes %o: %s", (pattern, text, expected) => {
  expect(patternFault(pattern)).toBeNull();
  expect(matchesPattern(pattern, text)).toBe(expected);
});

test.each(["(", "a(?=b)", "\\1", "[z-a]", "*", "a{1001}", "(a{1,100}){1,100}"])(
  "%o is no expression of RE2",
  (pattern) => {
    expect(patternFault(pattern)).toMatch(/^must be an RE2 regular expression: error parsing/);
  },
);

test("a pattern that would take long to match is rejected", () => {
  expect(patternFault("x".repeat(1_001))).toBe("must have at most 1000 characters");
  expect(patternFault("(.{1,500}){2}")).toMatch("is too complex");
});

/** Each of these takes an engine that goes back and tries again for ages. */
test.each(["(a+)+b", "(a|a)*b", "(a|aa)+b", "(.*a){12}b", "a*a*a*a*a*a*a*a*b"])(
  "%o is soon done with a text that it nearly describes",
  (pattern) => {
    const startedAt = performance.now();
    expect(matchesPattern(pattern, "a".repeat(2_000))).toBe(false);
    expect(performance.now() - startedAt).toBeLessThan(10_000);
  },
);

test("any pattern is either rejected or matches without an error", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'ab()[]{}|*+?\\.^$-,01d"🚨') }),
      fc.string(),
      (pattern, text) => {
        if (patternFault(pattern) === null) expect(typeof matchesPattern(pattern, text)).toBe("boolean");
      },
    ),
    { numRuns: 2_000 },
  );
});
