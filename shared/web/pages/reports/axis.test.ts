import fc from "fast-check";
import { expect, test } from "vitest";
import { axisOf, roundCount, roundSeconds } from "./axis.ts";

test.each([
  [[], [0, 1]],
  [
    [0, 0, null],
    [0, 1],
  ],
  [
    [1, 2, 3],
    [0, 1, 2, 3],
  ],
  [[17], [0, 5, 10, 15, 20]],
  [
    [230, 40],
    [0, 100, 200, 300],
  ],
])("an axis of the counts %j has the ticks %j", (values, ticks) => {
  expect(axisOf(values, roundCount).ticks).toEqual(ticks);
});

test.each([
  [[50], [0, 15, 30, 45, 60]],
  [[3_000], [0, 900, 1_800, 2_700, 3_600]],
  [[400_000], [0, 172_800, 345_600, 518_400]],
])("an axis of %j seconds has the ticks %j", (values, ticks) => {
  expect(axisOf(values, roundSeconds).ticks).toEqual(ticks);
});

test("an axis ends near the usual values if one is far above them", () => {
  const month = Array.from({ length: 29 }, (_, index) => (index % 5) + 1);
  expect(axisOf([...month, 900], roundCount).end).toBe(8);
  expect(axisOf([...month, 700, 900], roundCount).end).toBe(8);
  expect(axisOf([4, 5, 6, 5, 4, 5, 300], roundCount).end).toBe(10);
  expect(axisOf([...month, 12], roundCount).end).toBe(15);
  expect(axisOf([1, 300], roundCount).end).toBe(300);
});

test("an axis shows nine of ten values and has at most five ticks", () => {
  const values = fc.array(fc.nat(10_000_000), { minLength: 1, maxLength: 90 });
  fc.assert(
    fc.property(values, fc.constantFrom(roundCount, roundSeconds), (values, step) => {
      const { ticks, end } = axisOf(values, step);
      expect(ticks.length).toBeLessThanOrEqual(5);
      const beyond = values.filter((value) => value > end).length;
      expect(beyond).toBeLessThanOrEqual(Math.max(1, Math.floor(values.length * 0.1)));
    }),
  );
});
