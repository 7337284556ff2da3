import { expect, test } from "vitest";
import { randomFraction } from "./random-fraction.ts";

test("fractions cover the range evenly, and are read once", () => {
  const fractions = Array.from({ length: 25_600 }, randomFraction);
  const counts = Map.groupBy(fractions, (fraction) => Math.floor(fraction * 32));
  expect([...counts.keys()].sort((a, b) => a - b)).toEqual(Array.from({ length: 32 }, (_, index) => index));
  // 800 expected; 600 are 7 standard deviations away.
  for (const { length } of counts.values()) expect(length).toBeGreaterThan(600);
  expect(fractions.slice(0, 1_024)).not.toEqual(fractions.slice(1_024, 2_048));
});
