import fc from "fast-check";
import { Temporal } from "temporal-polyfill";
import { describe, expect, test } from "vitest";
import { instantOf, latestHandoffDate, type Rotation, shiftAt, weekdayOf, weekdays } from "./rotation.ts";

const at = (text: string) => Date.parse(text);
const utc = (instant: number | undefined) =>
  instant === undefined ? undefined : new Date(instant).toISOString();

const weekly: Rotation = { unit: "week", length: 1, handoffTime: "09:00", startsOn: "2026-01-05" };
const daily = (handoffTime: string, startsOn: string): Rotation => ({
  unit: "day",
  length: 1,
  handoffTime,
  startsOn,
});

/** Of the shift that holds the instant: its number, start and end. */
function shift(rotation: Rotation, timezone: string, instant: string) {
  const found = shiftAt(rotation, timezone, at(instant));
  return found && { number: found.number, start: utc(found.start), end: utc(found.end) };
}

describe("a shift", () => {
  test("holds its first instant, and the next one its last", () => {
    const first = { number: 0, start: "2026-01-05T09:00:00.000Z", end: "2026-01-12T09:00:00.000Z" };
    expect(shift(weekly, "UTC", "2026-01-05T09:00:00.000Z")).toEqual(first);
    expect(shift(weekly, "UTC", "2026-01-12T08:59:59.999Z")).toEqual(first);
    expect(shift(weekly, "UTC", "2026-01-12T09:00:00.000Z")).toMatchObject({ number: 1 });
  });

  test("does not exist before the rotation begins", () => {
    expect(shift(weekly, "UTC", "2026-01-05T08:59:59.999Z")).toBeUndefined();
    expect(shift(weekly, "UTC", "1970-01-01T00:00:00Z")).toBeUndefined();
  });

  test("of two weeks lasts two weeks", () => {
    expect(shift({ ...weekly, length: 2 }, "UTC", "2026-01-30T00:00:00Z")).toEqual({
      number: 1,
      start: "2026-01-19T09:00:00.000Z",
      end: "2026-02-02T09:00:00.000Z",
    });
  });

  test("is handed over by the wall clock, in winter as in summer", () => {
    expect(shift(weekly, "Europe/Berlin", "2026-03-25T12:00:00Z")).toMatchObject({
      start: "2026-03-23T08:00:00.000Z",
      end: "2026-03-30T07:00:00.000Z",
    });
    expect(shift(weekly, "America/New_York", "2026-10-28T12:00:00Z")).toMatchObject({
      start: "2026-10-26T13:00:00.000Z",
      end: "2026-11-02T14:00:00.000Z",
    });
  });

  test("that began ten years ago is found by its number, however many came between", () => {
    const old: Rotation = { unit: "day", length: 1, handoffTime: "09:00", startsOn: "2016-11-23" };
    const days = (at("2026-11-23T08:00:00Z") - at("2016-11-23T08:00:00Z")) / 86_400_000;
    expect(shift(old, "Europe/Berlin", "2026-11-23T08:00:00Z")).toMatchObject({
      number: days,
      start: "2026-11-23T08:00:00.000Z",
    });
  });
});

describe("a handoff in the gap of spring", () => {
  test.each([
    { timezone: "Europe/Berlin", day: "2026-03-29", gapEnds: "2026-03-29T01:00:00.000Z" },
    { timezone: "America/New_York", day: "2026-03-08", gapEnds: "2026-03-08T07:00:00.000Z" },
  ])("at 02:30 in $timezone falls on the first instant after it", ({ timezone, day, gapEnds }) => {
    const rotation = daily("02:30", day);
    expect(shift(rotation, timezone, gapEnds)).toMatchObject({ number: 0, start: gapEnds });
    expect(shiftAt(rotation, timezone, at(gapEnds) - 1)).toBeUndefined();
    const previous = daily("02:30", "2026-01-01");
    expect(utc(shiftAt(previous, timezone, at(gapEnds) - 1)?.end)).toBe(gapEnds);
    expect(utc(shiftAt(previous, timezone, at(gapEnds))?.start)).toBe(gapEnds);
  });

  test("makes that shift half an hour shorter at its start, and the one before shorter at its end", () => {
    const rotation = daily("02:30", "2026-03-27");
    const lengths = ["2026-03-28T12:00:00Z", "2026-03-29T12:00:00Z", "2026-03-30T12:00:00Z"].map(
      (instant) => {
        const found = shiftAt(rotation, "Europe/Berlin", at(instant));
        return ((found?.end ?? 0) - (found?.start ?? 0)) / 3_600_000;
      },
    );
    expect(lengths).toEqual([23.5, 23.5, 24]);
  });
});

describe("a handoff in the overlap of autumn", () => {
  test.each([
    { timezone: "Europe/Berlin", day: "2026-10-25", first: "2026-10-25T00:30:00.000Z" },
    { timezone: "America/New_York", day: "2026-11-01", first: "2026-11-01T05:30:00.000Z" },
  ])(
    "in $timezone happens the first time that the clock shows it, and only then",
    ({ timezone, day, first }) => {
      const rotation = daily(timezone === "Europe/Berlin" ? "02:30" : "01:30", day);
      const held = shiftAt(rotation, timezone, at(first));
      expect(utc(held?.start)).toBe(first);
      expect(held?.number).toBe(0);
      // An hour later the clock shows the same again.
      expect(shiftAt(rotation, timezone, at(first) + 3_600_000)).toEqual(held);
      expect(((held?.end ?? 0) - (held?.start ?? 0)) / 3_600_000).toBe(25);
    },
  );
});

test("a day that comes again, when clocks are set back over midnight, does not bring its shift again", () => {
  // In St. John's the clock went from 00:01 on 7 November 2010 back to 23:01 on the sixth.
  const rotation = daily("00:00", "2010-11-01");
  const seventh = { number: 6, start: "2010-11-07T02:30:00.000Z", end: "2010-11-08T03:30:00.000Z" };
  for (const instant of ["2010-11-07T02:30:00Z", "2010-11-07T02:31:00Z", "2010-11-07T03:30:00Z"]) {
    expect(shift(rotation, "America/St_Johns", instant)).toEqual(seventh);
  }
});

describe("in every zone and at every time", () => {
  const rotation = fc.record({
    unit: fc.constantFrom("day" as const, "week" as const),
    length: fc.integer({ min: 1, max: 3 }),
    handoffTime: fc
      .tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom("00", "01", "30", "59"))
      .map(([hour, minute]) => `${String(hour).padStart(2, "0")}:${minute}`),
    startsOn: fc.constantFrom("2006-01-02", "2010-10-30", "2016-02-29", "2026-03-29", "2026-10-25"),
  });
  const timezone = fc.constantFrom(
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/St_Johns",
    "America/Sao_Paulo",
    "America/Scoresbysund",
    "Africa/Casablanca",
    "Pacific/Apia",
    "Asia/Tehran",
    "Antarctica/Troll",
  );
  /** Also right around the clock changes of every zone above. */
  const instant = fc
    .tuple(
      fc.integer({ min: at("2006-01-01T00:00:00Z"), max: at("2030-01-01T00:00:00Z") }),
      timezone,
      fc.boolean(),
    )
    .chain(([somewhen, zone, nearChange]) => {
      const change = nearChange
        ? Temporal.Instant.fromEpochMilliseconds(somewhen)
            .toZonedDateTimeISO(zone)
            .getTimeZoneTransition("next")
        : null;
      return fc.integer({ min: -7_200_000, max: 7_200_000 }).map((offset) => ({
        zone,
        instant: change === null ? somewhen : change.epochMilliseconds + offset,
      }));
    });

  test("the shift of an instant holds it, and begins where the one before ends", () => {
    fc.assert(
      fc.property(rotation, instant, (rotating, { zone, instant: now }) => {
        const found = shiftAt(rotating, zone, now);
        if (!found) return;
        expect(found.start).toBeLessThanOrEqual(now);
        expect(found.end).toBeGreaterThan(now);
        const next = shiftAt(rotating, zone, found.end);
        expect(next).toMatchObject({ number: found.number + 1, start: found.end });
        const previous = shiftAt(rotating, zone, found.start - 1);
        if (found.number > 0) expect(previous).toMatchObject({ number: found.number - 1, end: found.start });
        else expect(previous).toBeUndefined();
      }),
      { numRuns: 1_500 },
    );
  });
});

describe("without a start, a rotation begins at the latest handoff", () => {
  test.each([
    { now: "2026-11-23T10:00:00Z", day: "monday", begins: "2026-11-23" },
    { now: "2026-11-23T09:00:00Z", day: "monday", begins: "2026-11-23" },
    { now: "2026-11-23T08:59:59Z", day: "monday", begins: "2026-11-16" },
    { now: "2026-11-23T10:00:00Z", day: "tuesday", begins: "2026-11-17" },
    { now: "2026-11-23T10:00:00Z", day: "sunday", begins: "2026-11-22" },
    { now: "2026-11-23T08:59:59Z", day: null, begins: "2026-11-22" },
    { now: "2026-11-23T09:00:00Z", day: null, begins: "2026-11-23" },
  ] as const)("at $now on $day: $begins", ({ now, day, begins }) => {
    expect(latestHandoffDate({ time: "09:00", day }, "UTC", at(now))).toBe(begins);
  });

  test("that is at or before now, less than a period ago, on the right day", () => {
    const days = fc.constantFrom(...weekdays, null);
    const nows = fc.integer({ min: at("2020-01-01T00:00:00Z"), max: at("2030-01-01T00:00:00Z") });
    fc.assert(
      fc.property(days, nows, fc.constantFrom("Europe/Berlin", "America/New_York"), (day, now, zone) => {
        const date = latestHandoffDate({ time: "02:30", day }, zone, now);
        const begins = instantOf(Temporal.PlainDateTime.from(`${date}T02:30`), zone);
        expect(begins).toBeLessThanOrEqual(now);
        expect(now - begins).toBeLessThanOrEqual((day === null ? 1 : 7) * 86_400_000 + 3_600_000);
        if (day) expect(weekdayOf(date)).toBe(day);
      }),
    );
  });
});
