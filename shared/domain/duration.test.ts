import * as fc from "fast-check";
import { expect, test } from "vitest";
import { formatDuration, parseDuration } from "./duration.ts";

test.each([
  ["90 s", 90],
  ["5 min", 300],
  ["5m", 300],
  [" 1h30min ", 5_400],
  ["2 D", 172_800],
  ["0 s", 0],
])("%s are %i seconds", (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

test.each(["", " ", "5", "s", "min 5", "1 h 1 d", "-1 s", "1.5 h", "1 week", "9999999999 s"])(
  "%o is no span of time",
  (text) => {
    expect(parseDuration(text)).toBeUndefined();
  },
);

test("formatting and parsing any number of seconds returns the same number", () => {
  fc.assert(
    fc.property(fc.nat({ max: 10 ** 9 }), (seconds) => {
      expect(parseDuration(formatDuration(seconds))).toBe(seconds);
    }),
  );
});
