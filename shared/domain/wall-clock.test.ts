import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import {
  addMonths,
  daysFrom,
  firstInstantOf,
  formatDate,
  lastInstantOf,
  latestHandoffDate,
  wallClock,
  wallClockAt,
  weekdayOf,
} from "./wall-clock.ts";

const utc = (text: string) => Date.parse(`${text}Z`);
const show = (at: number) => new Date(at).toISOString().slice(0, 16);

const zones = [
  "UTC",
  "Europe/Berlin",
  "America/New_York",
  "Australia/Sydney",
  "Australia/Lord_Howe",
  "America/Santiago",
  "America/St_Johns",
  "Africa/Casablanca",
  "Pacific/Apia",
  "Asia/Kolkata",
];

describe("a local time is at its first and its last instant", () => {
  test.each([
    // Ordinary days: one instant.
    ["Europe/Berlin", "2026-11-23T09:00", "2026-11-23T08:00", "2026-11-23T08:00"],
    ["Asia/Kolkata", "2026-11-23T09:00", "2026-11-23T03:30", "2026-11-23T03:30"],
    // Berlin has no 02:00 to 03:00 on 29 March 2026: clocks go from 01:00Z on by +2.
    ["Europe/Berlin", "2026-03-29T01:59", "2026-03-29T00:59", "2026-03-29T00:59"],
    ["Europe/Berlin", "2026-03-29T02:00", "2026-03-29T01:00", "2026-03-29T01:00"],
    ["Europe/Berlin", "2026-03-29T02:30", "2026-03-29T01:00", "2026-03-29T01:00"],
    ["Europe/Berlin", "2026-03-29T03:00", "2026-03-29T01:00", "2026-03-29T01:00"],
    // Berlin has 02:00 to 03:00 twice on 25 October 2026: at +2, from 00:00Z, and at +1, from 01:00Z.
    ["Europe/Berlin", "2026-10-25T02:00", "2026-10-25T00:00", "2026-10-25T01:00"],
    ["Europe/Berlin", "2026-10-25T02:30", "2026-10-25T00:30", "2026-10-25T01:30"],
    ["Europe/Berlin", "2026-10-25T03:00", "2026-10-25T02:00", "2026-10-25T02:00"],
    // New York has no 02:00 to 03:00 on 8 March 2026 and 01:00 to 02:00 twice on 1 November, -4 then -5.
    ["America/New_York", "2026-03-08T02:30", "2026-03-08T07:00", "2026-03-08T07:00"],
    ["America/New_York", "2026-11-01T01:30", "2026-11-01T05:30", "2026-11-01T06:30"],
    // Sydney's spring is October: no 02:00 to 03:00 on 4 October 2026, +10 until 16:00Z the day before.
    ["Australia/Sydney", "2026-10-04T02:30", "2026-10-03T16:00", "2026-10-03T16:00"],
    // Its autumn is April: 02:00 to 03:00 twice on 5 April 2026, at +11, then +10.
    ["Australia/Sydney", "2026-04-05T02:30", "2026-04-04T15:30", "2026-04-04T16:30"],
    // Lord Howe moves by half an hour, 02:00 to 02:30 on 4 October 2026: +10:30 until 15:30Z.
    ["Australia/Lord_Howe", "2026-10-04T02:15", "2026-10-03T15:30", "2026-10-03T15:30"],
    ["Australia/Lord_Howe", "2026-10-04T02:30", "2026-10-03T15:30", "2026-10-03T15:30"],
    // And back from 02:00 at +11 to 01:30 at +10:30 on 5 April 2026.
    ["Australia/Lord_Howe", "2026-04-05T01:45", "2026-04-04T14:45", "2026-04-04T15:15"],
    // Santiago has no midnight on 6 September 2026: from 00:00 at -4 to 01:00 at -3.
    ["America/Santiago", "2026-09-06T00:00", "2026-09-06T04:00", "2026-09-06T04:00"],
    ["America/Santiago", "2026-09-06T00:30", "2026-09-06T04:00", "2026-09-06T04:00"],
    // And on 4 April 2026 has 23:00 to 24:00 twice, at -3, then -4; the midnight after is one.
    ["America/Santiago", "2026-04-04T23:30", "2026-04-05T02:30", "2026-04-05T03:30"],
    ["America/Santiago", "2026-04-05T00:00", "2026-04-05T04:00", "2026-04-05T04:00"],
    // Apia left out 30 December 2011: from the end of the 29th at -10 to the 31st at +14.
    ["Pacific/Apia", "2011-12-30T00:00", "2011-12-30T10:00", "2011-12-30T10:00"],
    ["Pacific/Apia", "2011-12-30T17:00", "2011-12-30T10:00", "2011-12-30T10:00"],
    ["Pacific/Apia", "2011-12-31T00:00", "2011-12-30T10:00", "2011-12-30T10:00"],
    // St John's changed a minute after midnight until 2011: 23:01 on the 5th to 00:01 on the 6th came twice.
    ["America/St_Johns", "2010-11-07T00:00", "2010-11-07T02:30", "2010-11-07T03:30"],
  ])("%s %s: %s and %s", (timezone, local, first, last) => {
    expect(show(firstInstantOf(wallClock(local), timezone))).toBe(first);
    expect(show(lastInstantOf(wallClock(local), timezone))).toBe(last);
  });

  test("as Temporal has it, in any zone and at any time", () => {
    const minutes = fc.integer({
      min: utc("1975-01-01T00:00") / 60_000,
      max: utc("2040-01-01T00:00") / 60_000,
    });
    fc.assert(
      fc.property(fc.constantFrom(...zones), minutes, (timezone, minute) => {
        const at = minute * 60_000;
        const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(timezone);
        expect(wallClockAt(at, timezone) - at).toBe(zoned.offsetNanoseconds / 1_000_000);
        const local = zoned.toPlainDateTime();
        const shown = wallClock(local.toString({ smallestUnit: "minute" }));
        for (const [instantOf, disambiguation] of [
          [firstInstantOf, "earlier"],
          [lastInstantOf, "later"],
        ] as const) {
          expect(instantOf(shown, timezone)).toBe(
            local.toZonedDateTime(timezone, { disambiguation }).epochMilliseconds,
          );
        }
      }),
      { numRuns: 300 },
    );
  });

  test("a later time of day never comes before an earlier one", () => {
    const change = fc.constantFrom(
      "2026-03-29",
      "2026-10-25",
      "2026-10-04",
      "2026-04-05",
      "2026-09-06",
      "2011-12-30",
    );
    const minute = fc.integer({ min: -1_440, max: 2_880 });
    fc.assert(
      fc.property(fc.constantFrom(...zones), change, minute, minute, (timezone, date, one, other) => {
        const local = (minutes: number) => wallClock(`${date}T00:00`) + minutes * 60_000;
        const [early, late] = [local(Math.min(one, other)), local(Math.max(one, other))];
        expect(firstInstantOf(early, timezone)).toBeLessThanOrEqual(firstInstantOf(late, timezone));
        expect(lastInstantOf(early, timezone)).toBeLessThanOrEqual(lastInstantOf(late, timezone));
        expect(firstInstantOf(early, timezone)).toBeLessThanOrEqual(lastInstantOf(early, timezone));
      }),
      { numRuns: 300 },
    );
  });
});

test.each([
  ["2026-01-31T09:00", 1, "2026-02-28T09:00"],
  ["2028-01-31T09:00", 1, "2028-02-29T09:00"],
  ["2026-01-31T09:00", 2, "2026-03-31T09:00"],
  ["2026-08-31T23:30", 1, "2026-09-30T23:30"],
  ["2026-12-15T00:00", 1, "2027-01-15T00:00"],
  ["2028-02-29T12:00", 12, "2029-02-28T12:00"],
  ["2026-03-31T09:00", -1, "2026-02-28T09:00"],
])("%s and %i months is %s", (from, months, to) => {
  expect(show(addMonths(wallClock(from), months))).toBe(to);
});

test("weekdays follow the calendar over the turn of years", () => {
  // 2026 has a week 53, which ends on Sunday 3 January 2027.
  expect(weekdayOf(wallClock("2026-12-31T23:59"))).toBe("thursday");
  expect(weekdayOf(wallClock("2027-01-03T00:00"))).toBe("sunday");
  expect(weekdayOf(wallClock("1969-12-31T00:00"))).toBe("wednesday");
  expect(daysFrom("friday", "monday")).toBe(3);
  expect(daysFrom("monday", "monday")).toBe(0);
  expect(formatDate(wallClock("2027-01-03T23:59"))).toBe("2027-01-03");
});

test.each([
  // A weekly one on its very instant, and a millisecond before it.
  ["09:00", "monday", "UTC", "2026-11-23T09:00:00.000", "2026-11-23"],
  ["09:00", "monday", "UTC", "2026-11-23T08:59:59.999", "2026-11-16"],
  ["09:00", "monday", "UTC", "2026-11-22T12:00:00.000", "2026-11-16"],
  // A daily one: today's or yesterday's.
  ["09:00", null, "UTC", "2026-11-23T10:00:00.000", "2026-11-23"],
  ["09:00", null, "UTC", "2026-11-23T08:00:00.000", "2026-11-22"],
  // By the local date: Tuesday morning in Sydney while it is Monday in London.
  ["09:00", null, "Australia/Sydney", "2026-11-23T23:00:00.000", "2026-11-24"],
  // In Berlin's gap: 02:30 is at 01:00Z on 29 March.
  ["02:30", null, "Europe/Berlin", "2026-03-29T00:59:00.000", "2026-03-28"],
  ["02:30", null, "Europe/Berlin", "2026-03-29T01:00:00.000", "2026-03-29"],
] as const)("the latest handoff at %s, %s, %s, before %s was on %s", (time, day, timezone, at, date) => {
  expect(latestHandoffDate({ time, day }, timezone, utc(at))).toBe(date);
});
