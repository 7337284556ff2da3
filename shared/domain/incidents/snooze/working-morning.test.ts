import { expect, test } from "vitest";
import { formatInstant } from "../../time.ts";
import { nextWorkingMorning } from "./working-morning.ts";

test.each([
  ["in the night, the same day", "2026-11-24T02:00:00Z", "UTC", "2026-11-24T09:00:00.000Z"],
  ["a moment before", "2026-11-24T08:59:59Z", "UTC", "2026-11-24T09:00:00.000Z"],
  ["at nine, the next day", "2026-11-24T09:00:00Z", "UTC", "2026-11-25T09:00:00.000Z"],
  ["on Friday, the Monday", "2026-11-27T10:00:00Z", "UTC", "2026-11-30T09:00:00.000Z"],
  ["on Saturday before nine, the Monday", "2026-11-28T08:00:00Z", "UTC", "2026-11-30T09:00:00.000Z"],
  ["on Sunday, the Monday", "2026-11-29T23:00:00Z", "UTC", "2026-11-30T09:00:00.000Z"],
  ["on Monday by the date of the zone", "2026-11-29T15:30:00Z", "Asia/Tokyo", "2026-11-30T00:00:00.000Z"],
  ["in winter time", "2026-11-24T07:00:00Z", "Europe/Berlin", "2026-11-24T08:00:00.000Z"],
  ["over the change to summer time", "2026-03-27T12:00:00Z", "Europe/Berlin", "2026-03-30T07:00:00.000Z"],
  ["over the change to winter time", "2026-10-23T12:00:00Z", "Europe/Berlin", "2026-10-26T08:00:00.000Z"],
])("%s", (_, now, timezone, expected) => {
  expect(formatInstant(nextWorkingMorning(Date.parse(now), timezone))).toBe(expected);
});
