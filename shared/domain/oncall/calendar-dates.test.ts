import { expect, test } from "vitest";
import { days, monday } from "../../../tests/support/builders.ts";
import { formatDate } from "../wall-clock.ts";
import { calendarDates } from "./calendar-dates.ts";

test.each([
  ["week", "2026-11-29", "2026-11-23", "2026-11-30", "2026-11-16"],
  ["week", "2026-11-30", "2026-11-30", "2026-12-07", "2026-11-23"],
  ["month", "2026-11-30", "2026-11-01", "2026-12-01", "2026-10-01"],
  ["month", "2028-02-29", "2028-02-01", "2028-03-01", "2028-01-01"],
] as const)("the %s of %s begins on %s", (range, date, first, next, before) => {
  const { from, to, previous } = calendarDates(range, date, monday);
  expect([from, to, previous].map(formatDate)).toEqual([first, next, before]);
});

test("without a date, the calendar contains today", () => {
  const { from, to } = calendarDates("week", undefined, monday + days(2));
  expect(from).toBeLessThanOrEqual(monday);
  expect(to - from).toBe(days(7));
});
