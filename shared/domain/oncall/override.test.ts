import { expect, test } from "vitest";
import { anOverride } from "../../../tests/support/builders.ts";
import { latestInstant } from "../time.ts";
import { endedAt, faultOfEnd, isInForce, lastingHours, overlaps } from "./override.ts";

const now = 1_750_000_000_000;
const range = (start: number, end: number) => ({ start: now + start, end: now + end });

test("an override of some hours ends that long after its start", () => {
  expect(lastingHours(now, 4)).toEqual(range(0, 14_400_000));
});

test.each([
  { times: range(0, 1), fault: undefined },
  { times: range(5, 5), fault: "must be after the start" },
  { times: range(-5, 0), fault: "must not be in the past" },
  { times: { start: now, end: latestInstant }, fault: undefined },
  { times: { start: now, end: latestInstant + 1 }, fault: "must be before the year 10000" },
])("$times has the fault $fault", ({ times, fault }) => {
  expect(faultOfEnd(times, now)).toBe(fault);
});

test.each([
  { other: range(0, 10), shared: true },
  { other: range(9, 20), shared: true },
  { other: range(10, 20), shared: false },
  { other: range(-10, 1), shared: true },
  { other: range(-10, 0), shared: false },
])("$other overlaps the first ten milliseconds: $shared", ({ other, shared }) => {
  expect(overlaps(range(0, 10), other)).toBe(shared);
  expect(overlaps(other, range(0, 10))).toBe(shared);
});

test("an override applies from its start to before its end", () => {
  expect([-1, 0, 9, 10].map((at) => isInForce(range(0, 10), now + at))).toEqual([false, true, true, false]);
});

test.each([
  { at: -5, end: 0 },
  { at: 5, end: 5 },
  { at: 15, end: 10 },
])("ended at $at it ends at $end", ({ at, end }) => {
  const override = anOverride(range(0, 10));
  expect(endedAt(override, now + at)).toEqual({ ...override, end: now + end });
});
