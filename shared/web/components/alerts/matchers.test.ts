import fc from "fast-check";
import { expect, test } from "vitest";
import { matchOperators } from "../../../domain/alerts/matcher.ts";
import { formatMatcher, parseMatchers } from "./matchers.ts";

test("matchers are read from lines", () => {
  expect(
    parseMatchers('service = checkout\n\n labels.env=~dev.*\nmessage != "a b "\nlabels.none = ""'),
  ).toEqual([
    { field: "service", op: "=", value: "checkout" },
    { field: "labels.env", op: "=~", value: "dev.*" },
    { field: "message", op: "!=", value: "a b " },
    { field: "labels.none", op: "=", value: "" },
  ]);
  expect(parseMatchers("")).toEqual([]);
  expect(parseMatchers("service = a\ncheckout\nx")).toEqual({ invalid: "checkout" });
});

test("a written matcher is read as the same one", () => {
  const matchers = fc.array(
    fc.record({
      field: fc.constantFrom("service", "labels.a b", "labels.état"),
      op: fc.constantFrom(...matchOperators),
      value: fc.string({ unit: "grapheme" }).filter((value) => !/^[~=]/.test(value)),
    }),
  );
  fc.assert(
    fc.property(matchers, (matchers) => {
      expect(parseMatchers(matchers.map(formatMatcher).join("\n"))).toEqual(matchers);
    }),
    { examples: [[[{ field: "service", op: "=", value: "\u2028" }]]], numRuns: 100 },
  );
});
