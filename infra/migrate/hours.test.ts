import { describe, expect, test } from "vitest";
import { hoursAcross, hoursBetween, meet, restrictionsOf } from "./hours.ts";

const nights = hoursBetween(null, 22 * 60, 6 * 60);
const office = hoursBetween(null, 9 * 60, 17 * 60);
const weekend = hoursAcross("friday", 18 * 60, "monday", 8 * 60);

describe("hours", () => {
  test("over midnight are one window of each day", () => {
    expect(restrictionsOf([nights])).toEqual([{ type: "daily", start: "22:00", end: "06:00" }]);
  });

  test("that meet are one, over the end of the week too", () => {
    expect(restrictionsOf([weekend, hoursAcross("monday", 6 * 60, "monday", 12 * 60)])).toEqual([
      { type: "weekly", start_day: "friday", start: "18:00", end_day: "monday", end: "12:00" },
    ]);
  });

  test.each([
    ["none", []],
    ["a whole day, each day", [hoursBetween(null, 600, 600)]],
    ["days that leave no gap", [office, hoursBetween(null, 17 * 60, 9 * 60)]],
    ["a whole week", [hoursAcross("monday", 0, "monday", 0)]],
  ])("of %s are always", (_, hours) => {
    expect(restrictionsOf(hours)).toEqual([]);
  });

  test("meet only where they have a minute in common", () => {
    expect(meet([nights], [office])).toBe(false);
    expect(meet([nights], [weekend])).toBe(true);
    expect(meet([hoursBetween(null, 0, 60)], [hoursBetween(null, 60, 120)])).toBe(false);
    expect(meet([], [office])).toBe(true);
  });
});
