import { expect, test } from "vitest";
import { weekdays } from "../../../domain/wall-clock.ts";
import { recurringOf } from "./windows.ts";

const night = { from: "22:00", to: "04:00", timezone: "Europe/Berlin" };

test("a silence without days does not recur", () => {
  expect(recurringOf({ ...night, days: [] })).toBeNull();
});

test("all days are one daily window", () => {
  expect(recurringOf({ ...night, days: weekdays })).toEqual({
    timezone: "Europe/Berlin",
    windows: [{ type: "daily", start: "22:00", end: "04:00" }],
  });
});

test("a window that ends before it starts ends on the next day, also at the end of the week", () => {
  expect(recurringOf({ ...night, days: ["sunday"] })?.windows).toEqual([
    { type: "weekly", start_day: "sunday", start: "22:00", end_day: "monday", end: "04:00" },
  ]);
  expect(recurringOf({ ...night, from: "02:00", days: ["sunday"] })?.windows).toEqual([
    { type: "weekly", start_day: "sunday", start: "02:00", end_day: "sunday", end: "04:00" },
  ]);
});
