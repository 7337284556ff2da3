import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { wallClock, wallClockAt } from "../wall-clock.ts";
import { type Rotation, rotationUnits, shiftAt, startOfRotation } from "./rotation.ts";

type Shift = NonNullable<ReturnType<typeof shiftAt>>;

const utc = (text: string) => Date.parse(`${text}Z`);
const show = (at: number) => new Date(at).toISOString().slice(0, 16);
const aRotation = (fields: Partial<Rotation> = {}): Rotation => ({
  unit: "week",
  length: 1,
  handoffTime: "09:00",
  startsOn: "2026-01-05",
  ...fields,
});

/** Number, start and end of the shift at an instant. */
function shown(rotation: Rotation, timezone: string, at: string) {
  const shift = shiftAt(rotation, timezone, utc(at));
  return shift && [shift.number, show(shift.start), show(shift.end)];
}

/** Boundaries of the shifts from one instant on. */
function boundaries(rotation: Rotation, timezone: string, from: string, count: number): string[] {
  const found: string[] = [];
  for (let at = utc(from); found.length < count; ) {
    const shift = shiftAt(rotation, timezone, at);
    if (!shift) throw new Error(`no shift at ${show(at)}`);
    found.push(show(shift.start));
    at = shift.end;
  }
  return found;
}

describe("handoffs keep their local time", () => {
  const daily = (handoffTime: string) => aRotation({ unit: "day", handoffTime });
  const cases: { title: string; timezone: string; rotation: Rotation; from: string; expected: string[] }[] = [
    {
      title: "weekly in Berlin, 09:00 is at 08:00Z before 29 March and at 07:00Z after it",
      timezone: "Europe/Berlin",
      rotation: aRotation(),
      from: "2026-03-24T00:00",
      expected: ["2026-03-23T08:00", "2026-03-30T07:00", "2026-04-06T07:00"],
    },
    {
      title: "weekly in Berlin, back to 08:00Z after 25 October",
      timezone: "Europe/Berlin",
      rotation: aRotation(),
      from: "2026-10-20T00:00",
      expected: ["2026-10-19T07:00", "2026-10-26T08:00"],
    },
    {
      title: "weekly in New York, 14:00Z until 8 March, then 13:00Z",
      timezone: "America/New_York",
      rotation: aRotation(),
      from: "2026-03-03T00:00",
      expected: ["2026-03-02T14:00", "2026-03-09T13:00"],
    },
    {
      title: "weekly in Sydney, where autumn is in April: 22:00Z, then 23:00Z",
      timezone: "Australia/Sydney",
      rotation: aRotation(),
      from: "2026-03-30T00:00",
      expected: ["2026-03-29T22:00", "2026-04-05T23:00"],
    },
    {
      title: "daily in Berlin's gap: 02:30 is the first instant after it",
      timezone: "Europe/Berlin",
      rotation: daily("02:30"),
      from: "2026-03-28T12:00",
      expected: ["2026-03-28T01:30", "2026-03-29T01:00", "2026-03-30T00:30"],
    },
    {
      title: "daily in Berlin's overlap: 02:30 is its first occurrence",
      timezone: "Europe/Berlin",
      rotation: daily("02:30"),
      from: "2026-10-24T12:00",
      expected: ["2026-10-24T00:30", "2026-10-25T00:30", "2026-10-26T01:30"],
    },
    {
      title: "daily in Lord Howe's half-hour gap",
      timezone: "Australia/Lord_Howe",
      rotation: daily("02:15"),
      from: "2026-10-03T00:00",
      expected: ["2026-10-02T15:45", "2026-10-03T15:30", "2026-10-04T15:15"],
    },
    {
      title: "daily in Lord Howe's half-hour overlap",
      timezone: "Australia/Lord_Howe",
      rotation: daily("01:45"),
      from: "2026-04-04T00:00",
      expected: ["2026-04-03T14:45", "2026-04-04T14:45", "2026-04-05T15:15"],
    },
    {
      title: "daily at the midnight that Santiago leaves out",
      timezone: "America/Santiago",
      rotation: daily("00:00"),
      from: "2026-09-05T12:00",
      expected: ["2026-09-05T04:00", "2026-09-06T04:00", "2026-09-07T03:00"],
    },
    {
      title: "daily over the day that Apia left out: its shift is what is left until 09:00 of the next",
      timezone: "Pacific/Apia",
      rotation: aRotation({ unit: "day", startsOn: "2011-12-01" }),
      from: "2011-12-29T00:00",
      expected: ["2011-12-28T19:00", "2011-12-29T19:00", "2011-12-30T10:00", "2011-12-30T19:00"],
    },
    {
      title: "hourly through Berlin's gap: the shift of 02:00 vanishes",
      timezone: "Europe/Berlin",
      rotation: aRotation({ unit: "hour", handoffTime: "00:00", startsOn: "2026-03-29" }),
      from: "2026-03-28T23:00",
      expected: ["2026-03-28T23:00", "2026-03-29T00:00", "2026-03-29T01:00", "2026-03-29T02:00"],
    },
    {
      title: "hourly through Berlin's overlap: the shift of 02:00 lasts two hours",
      timezone: "Europe/Berlin",
      rotation: aRotation({ unit: "hour", handoffTime: "00:00", startsOn: "2026-10-25" }),
      from: "2026-10-24T23:00",
      expected: ["2026-10-24T23:00", "2026-10-25T00:00", "2026-10-25T02:00", "2026-10-25T03:00"],
    },
    {
      title: "hourly on the half hour through Berlin's overlap: 01:30 until 02:30, 02:30 until 03:30 at +1",
      timezone: "Europe/Berlin",
      rotation: aRotation({ unit: "hour", handoffTime: "00:30", startsOn: "2026-10-25" }),
      from: "2026-10-24T23:30",
      expected: ["2026-10-24T23:30", "2026-10-25T00:30", "2026-10-25T02:30", "2026-10-25T03:30"],
    },
    {
      title: "monthly from the 31st: on each month's last day, counted from the first",
      timezone: "UTC",
      rotation: aRotation({ unit: "month", startsOn: "2026-01-31" }),
      from: "2026-01-31T09:00",
      expected: ["2026-01-31T09:00", "2026-02-28T09:00", "2026-03-31T09:00", "2026-04-30T09:00"],
    },
    {
      title: "monthly in a leap year",
      timezone: "UTC",
      rotation: aRotation({ unit: "month", startsOn: "2028-01-31" }),
      from: "2028-02-01T00:00",
      expected: ["2028-01-31T09:00", "2028-02-29T09:00", "2028-03-31T09:00"],
    },
    {
      title: "every three months over the turn of the year",
      timezone: "Europe/Berlin",
      rotation: aRotation({ unit: "month", length: 3, startsOn: "2026-05-31" }),
      from: "2026-08-31T07:00",
      expected: ["2026-08-31T07:00", "2026-11-30T08:00", "2027-02-28T08:00", "2027-05-31T07:00"],
    },
    {
      title: "biweekly over week 53 of 2026",
      timezone: "UTC",
      rotation: aRotation({ length: 2, startsOn: "2026-12-07" }),
      from: "2026-12-21T09:00",
      expected: ["2026-12-21T09:00", "2027-01-04T09:00", "2027-01-18T09:00"],
    },
    {
      title: "daily over the turn of the year",
      timezone: "UTC",
      rotation: daily("00:00"),
      from: "2026-12-31T00:00",
      expected: ["2026-12-31T00:00", "2027-01-01T00:00"],
    },
  ];
  test.each(cases)("$title", ({ rotation, timezone, from, expected }) => {
    expect(boundaries(rotation, timezone, from, expected.length)).toEqual(expected);
  });
});

describe("a shift", () => {
  test("is half-open: its end is the next one's", () => {
    expect(shown(aRotation(), "UTC", "2026-01-12T08:59:59.999")).toEqual([
      0,
      "2026-01-05T09:00",
      "2026-01-12T09:00",
    ]);
    expect(shown(aRotation(), "UTC", "2026-01-12T09:00")).toEqual([
      1,
      "2026-01-12T09:00",
      "2026-01-19T09:00",
    ]);
  });

  test("is unassigned before the first", () => {
    expect(shown(aRotation(), "UTC", "2026-01-05T08:59:59.999")).toBeUndefined();
    expect(shown(aRotation({ unit: "hour" }), "UTC", "1990-01-01T00:00")).toBeUndefined();
    expect(show(startOfRotation(aRotation(), "Europe/Berlin"))).toBe("2026-01-05T08:00");
  });

  test("in an overlap's second hour is still the one that started in its first", () => {
    const hourly = aRotation({ unit: "hour", handoffTime: "00:30", startsOn: "2026-10-25" });
    // 02:10 at +1, after 02:30 at +2 began number 2.
    expect(shown(hourly, "Europe/Berlin", "2026-10-25T01:10")).toEqual([
      2,
      "2026-10-25T00:30",
      "2026-10-25T02:30",
    ]);
  });

  test("that vanished in a gap keeps its number", () => {
    const hourly = aRotation({ unit: "hour", handoffTime: "00:00", startsOn: "2026-03-29" });
    expect(shown(hourly, "Europe/Berlin", "2026-03-29T01:00")?.[0]).toBe(3);
  });

  test.each([
    // Ten years are 3,652 days up to 5 January 2026.
    [{ unit: "day", startsOn: "2016-01-06" }, "2026-01-05T09:00", 3_652],
    // Fifty years from Monday 5 January 1976 are 18,263 days, which are 2,609 weeks.
    [{ unit: "week", startsOn: "1976-01-05" }, "2026-01-05T09:00", 2_609],
    [{ unit: "month", startsOn: "1976-01-31" }, "2026-01-31T08:59", 599],
    [{ unit: "month", startsOn: "1976-01-31" }, "2026-01-31T09:00", 600],
    [{ unit: "hour", startsOn: "2016-01-06" }, "2026-01-05T09:30", 3_652 * 24],
  ] as const)("of a start years back, %o at %s, has number %i", (rotation, at, number) => {
    expect(shown(aRotation(rotation), "UTC", at)?.[0]).toBe(number);
  });
});

describe("for any rotation and zone", () => {
  const zone = fc.constantFrom(
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Santiago",
    "Pacific/Apia",
    "Africa/Casablanca",
  );
  const minutes = fc.integer({ min: 0, max: 1_439 });
  const rotation = fc.record({
    unit: fc.constantFrom(...rotationUnits),
    length: fc.integer({ min: 1, max: 4 }),
    handoffTime: minutes.map((count) => show(count * 60_000).slice(11)),
    startsOn: fc
      .constantFrom(
        "2011-12-28",
        "2026-01-31",
        "2026-03-27",
        "2026-04-03",
        "2026-09-04",
        "2026-10-23",
        "2026-10-31",
      )
      .map(String),
  });

  test("shifts follow each other without a hole, and every instant of one finds it", () => {
    fc.assert(
      fc.property(
        rotation,
        zone,
        fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
        (given, timezone, share) => {
          let at = startOfRotation(given, timezone);
          expect(shiftAt(given, timezone, at - 1)).toBeUndefined();
          let number = -1;
          const finds = (shift: Shift, time: number) =>
            isDeepStrictEqual(shiftAt(given, timezone, time), shift);
          // One assertion for all shifts, since thousands are checked.
          const wrong: { readonly at: number; readonly shift: Shift | undefined }[] = [];
          for (let count = 0; count < 80; count += 1) {
            const shift = shiftAt(given, timezone, at);
            const inside = shift && shift.start + Math.floor((shift.end - shift.start) * share);
            const isRight =
              shift?.start === at &&
              shift.end > shift.start &&
              shift.number > number &&
              [inside ?? at, shift.end - 1].every((time) => finds(shift, time));
            if (!isRight) {
              wrong.push({ at, shift });
              break;
            }
            ({ number, end: at } = shift);
          }
          expect(wrong).toEqual([]);
        },
      ),
    );
  });

  test("the closed form finds what a walk from the start finds", () => {
    fc.assert(
      fc.property(rotation, zone, fc.integer({ min: 0, max: 40 * 86_400 }), (given, timezone, seconds) => {
        const at = startOfRotation(given, timezone) + seconds * 1_000;
        let walked = shiftAt(given, timezone, startOfRotation(given, timezone));
        while (walked && walked.end <= at) walked = shiftAt(given, timezone, walked.end);
        expect(shiftAt(given, timezone, at)).toEqual(walked);
      }),
    );
  });

  test("handoffs are the first instants at which the wall clock shows their time or a later one", () => {
    const halfHour = 1_800_000;
    /** Looks at the clock every half hour; clocks change on the half hour. */
    const firstShowing = (local: number, timezone: string) => {
      let at = Math.floor((local - 26 * 2 * halfHour) / halfHour) * halfHour;
      while (wallClockAt(at, timezone) + halfHour <= local) at += halfHour;
      return at + Math.max(0, local - wallClockAt(at, timezone));
    };
    const step = { hour: "hours", day: "days", week: "weeks", month: "months" } as const;
    fc.assert(
      fc.property(rotation, zone, fc.nat(60), (given, timezone, number) => {
        const first = Temporal.PlainDateTime.from(`${given.startsOn}T${given.handoffTime}`);
        const startOf = (number: number) => {
          const local = first.add({ [step[given.unit]]: number * given.length });
          return firstShowing(wallClock(local.toString({ smallestUnit: "minute" })), timezone);
        };
        const [start, end] = [startOf(number), startOf(number + 1)];
        if (start < end) expect(shiftAt(given, timezone, start)).toEqual({ number, start, end });
        else expect(shiftAt(given, timezone, start)?.number).toBeGreaterThan(number);
      }),
      { numRuns: 200 },
    );
  });
});
