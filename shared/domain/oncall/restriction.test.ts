import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatDate, timeOfDayMs, type Weekday, wallClockAt, weekdayOf, weekdays } from "../wall-clock.ts";
import { dutyAt, overlap, type Restriction } from "./restriction.ts";

const utc = (text: string) => Date.parse(`${text}Z`);
const show = (at: number) => new Date(at).toISOString().slice(0, 16);
const daily = (start: string, end: string): Restriction => ({ type: "daily", start, end });
const weekly = (startDay: Weekday, start: string, endDay: Weekday, end: string): Restriction => ({
  type: "weekly",
  startDay,
  start,
  endDay,
  end,
});

function duty(restrictions: Restriction[], timezone: string, at: string): [string, string, string] {
  const { onDuty, start, end } = dutyAt(restrictions, timezone, utc(at));
  return [onDuty ? "on" : "off", show(start), show(end)];
}

test("without restrictions a layer is always on duty", () => {
  expect(dutyAt([], "UTC", 0)).toEqual({ onDuty: true, start: -Infinity, end: Infinity });
});

describe("a layer with", () => {
  const overnight = [daily("22:00", "06:00")];
  const office = [daily("09:00", "17:00")];
  const weekend = [weekly("friday", "18:00", "monday", "08:00")];
  const berlin = "Europe/Berlin";
  const cases: [string, Restriction[], string, string, ReturnType<typeof duty>][] = [
    // Half-open: on at the start, off at the end.
    ["office hours", office, "UTC", "2026-11-23T09:00", ["on", "2026-11-23T09:00", "2026-11-23T17:00"]],
    ["office hours", office, "UTC", "2026-11-23T17:00", ["off", "2026-11-23T17:00", "2026-11-24T09:00"]],
    ["office hours", office, "UTC", "2026-11-23T08:59", ["off", "2026-11-22T17:00", "2026-11-23T09:00"]],
    // Over midnight, on either side of it, and over the turn of the year.
    ["nights", overnight, "UTC", "2026-11-23T23:00", ["on", "2026-11-23T22:00", "2026-11-24T06:00"]],
    ["nights", overnight, "UTC", "2026-11-24T05:59", ["on", "2026-11-23T22:00", "2026-11-24T06:00"]],
    ["nights", overnight, "UTC", "2026-11-24T06:00", ["off", "2026-11-24T06:00", "2026-11-24T22:00"]],
    ["nights", overnight, "UTC", "2027-01-01T01:00", ["on", "2026-12-31T22:00", "2027-01-01T06:00"]],
    // Over the weekend.
    ["weekends", weekend, "UTC", "2026-11-22T12:00", ["on", "2026-11-20T18:00", "2026-11-23T08:00"]],
    ["weekends", weekend, "UTC", "2026-11-23T08:00", ["off", "2026-11-23T08:00", "2026-11-27T18:00"]],
    ["weekends", weekend, "UTC", "2026-11-20T17:59", ["off", "2026-11-16T08:00", "2026-11-20T18:00"]],
    // Within one day of the week, and all but an hour of the week.
    [
      "Monday mornings",
      [weekly("monday", "06:00", "monday", "12:00")],
      "UTC",
      "2026-11-23T12:00",
      ["off", "2026-11-23T12:00", "2026-11-30T06:00"],
    ],
    [
      "all but an hour of the week",
      [weekly("monday", "10:00", "monday", "09:00")],
      "UTC",
      "2026-11-30T08:59",
      ["on", "2026-11-23T10:00", "2026-11-30T09:00"],
    ],
    // Night shifts of Berlin: 7 hours on 29 March, 9 on 25 October.
    ["nights", overnight, berlin, "2026-03-29T00:00", ["on", "2026-03-28T21:00", "2026-03-29T04:00"]],
    ["nights", overnight, berlin, "2026-10-25T00:00", ["on", "2026-10-24T20:00", "2026-10-25T05:00"]],
    // An end in Berlin's gap: the first instant after it, 01:00Z.
    [
      "hours that end in a gap",
      [daily("00:00", "02:30")],
      berlin,
      "2026-03-29T00:59",
      ["on", "2026-03-28T23:00", "2026-03-29T01:00"],
    ],
    // An end in Berlin's overlap: its last occurrence, 02:30 at +1; a start: its first, 02:30 at +2.
    [
      "hours that end in an overlap",
      [daily("00:00", "02:30")],
      berlin,
      "2026-10-25T00:45",
      ["on", "2026-10-24T22:00", "2026-10-25T01:30"],
    ],
    [
      "hours that start in an overlap, in its second hour",
      [daily("02:30", "05:00")],
      berlin,
      "2026-10-25T01:15",
      ["on", "2026-10-25T00:30", "2026-10-25T04:00"],
    ],
    [
      "hours within an overlap, from their first start to their last end",
      [daily("02:15", "02:45")],
      berlin,
      "2026-10-25T01:05",
      ["on", "2026-10-25T00:15", "2026-10-25T01:45"],
    ],
    // Hours within the gap are none that day; the day before and after they are.
    [
      "hours within a gap, on the day before",
      [daily("02:15", "02:45")],
      berlin,
      "2026-03-28T12:00",
      ["off", "2026-03-28T01:45", "2026-03-29T01:00"],
    ],
    [
      "hours within a gap, on its day",
      [daily("02:15", "02:45")],
      berlin,
      "2026-03-29T12:00",
      ["off", "2026-03-29T01:00", "2026-03-30T00:15"],
    ],
    // Sydney's gap of 4 October and overlap of 5 April; Lord Howe's overlap of half an hour.
    [
      "nights",
      overnight,
      "Australia/Sydney",
      "2026-10-03T16:00",
      ["on", "2026-10-03T12:00", "2026-10-03T19:00"],
    ],
    [
      "hours that end in an overlap",
      [daily("00:00", "01:45")],
      "Australia/Lord_Howe",
      "2026-04-04T15:00",
      ["on", "2026-04-04T13:00", "2026-04-04T15:15"],
    ],
    // Santiago's missing midnight: 00:00 is 01:00 at -3, 04:00Z.
    [
      "hours that start at a missing midnight",
      [daily("00:00", "08:00")],
      "America/Santiago",
      "2026-09-06T05:00",
      ["on", "2026-09-06T04:00", "2026-09-06T11:00"],
    ],
    // Apia's 30 December 2011 was not: its hours are none.
    [
      "office hours, on a day that was left out",
      office,
      "Pacific/Apia",
      "2011-12-30T10:00",
      ["off", "2011-12-30T10:00", "2011-12-30T19:00"],
    ],
    // Several: on when any is, off from the latest end to the earliest start.
    [
      "nights and weekends, on a Saturday",
      [...overnight, ...weekend],
      "UTC",
      "2026-11-21T12:00",
      ["on", "2026-11-20T18:00", "2026-11-23T08:00"],
    ],
    [
      "nights and weekends, on a Monday night that both have",
      [...overnight, ...weekend],
      "UTC",
      "2026-11-23T05:00",
      ["on", "2026-11-20T18:00", "2026-11-23T08:00"],
    ],
    [
      "nights and weekends, on a Monday noon",
      [...overnight, ...weekend],
      "UTC",
      "2026-11-23T12:00",
      ["off", "2026-11-23T08:00", "2026-11-23T22:00"],
    ],
  ];
  test.each(cases)("%s (%j, %s) at %s is %j", (_, restrictions, timezone, at, expected) => {
    expect(duty(restrictions, timezone, at)).toEqual(expected);
  });
});

describe("for any hours and zone", () => {
  const time = fc.integer({ min: 0, max: 1_439 }).map((minutes) => show(minutes * 60_000).slice(11));
  const day = fc.constantFrom(...weekdays);
  const restriction = fc
    .oneof(
      fc.tuple(time, time).map(([start, end]) => daily(start, end)),
      fc.tuple(day, time, day, time).map(([from, start, to, end]) => weekly(from, start, to, end)),
    )
    .filter(({ start, end }) => start !== end);
  const zone = fc.constantFrom(
    "UTC",
    "Europe/Berlin",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Pacific/Apia",
  );
  // Around clock changes of these zones.
  const instant = fc
    .tuple(
      fc.constantFrom(
        "2026-03-29",
        "2026-10-25",
        "2026-10-04",
        "2026-04-05",
        "2026-09-06",
        "2011-12-30",
        "2026-07-01",
      ),
      fc.integer({ min: -4 * 1_440, max: 4 * 1_440 }),
    )
    .map(([date, minutes]) => utc(`${date}T00:00`) + minutes * 60_000);

  test("who is on duty follows the clock on the wall, away from clock changes", () => {
    const covers = (hours: Restriction, local: number) => {
      const minutesOfWeek = (weekday: Weekday, ms: number) => weekdays.indexOf(weekday) * 86_400_000 + ms;
      const daily = hours.type === "daily";
      const now = daily
        ? local - utc(`${formatDate(local)}T00:00`)
        : minutesOfWeek(weekdayOf(local), local - utc(`${formatDate(local)}T00:00`));
      const start = daily
        ? timeOfDayMs(hours.start)
        : minutesOfWeek(hours.startDay, timeOfDayMs(hours.start));
      const end = daily ? timeOfDayMs(hours.end) : minutesOfWeek(hours.endDay, timeOfDayMs(hours.end));
      return start < end ? start <= now && now < end : start <= now || now < end;
    };
    fc.assert(
      fc.property(
        fc.array(restriction, { minLength: 1, maxLength: 4 }),
        zone,
        fc.nat(200_000),
        (hours, timezone, minutes) => {
          const at = utc("2026-06-01T00:00") + (minutes % 60_000) * 60_000;
          expect(dutyAt(hours, timezone, at).onDuty).toBe(
            hours.some((one) => covers(one, wallClockAt(at, timezone))),
          );
        },
      ),
    );
  });

  test("a stretch holds the instant that asked for it, and is the same throughout", () => {
    fc.assert(
      fc.property(
        fc.array(restriction, { minLength: 1, maxLength: 4 }),
        zone,
        instant,
        fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        (hours, timezone, at, share) => {
          const duty = dutyAt(hours, timezone, at);
          expect(duty.start).toBeLessThanOrEqual(at);
          expect(duty.end).toBeGreaterThan(at);
          expect(duty.end).toBeLessThan(at + 15 * 86_400_000);
          const inside = duty.start + Math.floor((duty.end - duty.start) * share);
          expect(dutyAt(hours, timezone, inside).onDuty).toBe(duty.onDuty);
          expect(dutyAt(hours, timezone, duty.end - 1).onDuty).toBe(duty.onDuty);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("two windows", () => {
  const daily = (start: string, end: string) => ({ type: "daily", start, end }) as const;
  const weekend = {
    type: "weekly",
    startDay: "friday",
    start: "18:00",
    endDay: "monday",
    end: "06:00",
  } as const;

  test.each([
    { one: daily("09:00", "17:00"), other: daily("16:59", "20:00"), have: true },
    // They touch: half-open, as everything.
    { one: daily("09:00", "17:00"), other: daily("17:00", "20:00"), have: false },
    { one: daily("22:00", "06:00"), other: daily("05:00", "07:00"), have: true },
    { one: daily("22:00", "06:00"), other: daily("06:00", "22:00"), have: false },
    { one: weekend, other: { ...weekend, startDay: "sunday", endDay: "tuesday" } as const, have: true },
    // Over the end of the week.
    {
      one: weekend,
      other: { ...weekend, startDay: "monday", start: "05:00", endDay: "monday" } as const,
      have: true,
    },
    {
      one: weekend,
      other: { ...weekend, startDay: "monday", start: "06:00", endDay: "friday", end: "18:00" } as const,
      have: false,
    },
    // Nights and weekends are described together.
    { one: weekend, other: daily("20:00", "08:00"), have: false },
  ])("$one.start to $one.end and $other.start to $other.end overlap: $have", ({ one, other, have }) => {
    expect([overlap(one, other), overlap(other, one)]).toEqual([have, have]);
  });
});
