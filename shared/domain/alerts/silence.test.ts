import { describe, expect, test } from "vitest";
import { aDraft, aSilence, days, minutes, monday, seconds } from "../../../tests/support/builders.ts";
import { activePeriods, inForceUntil, silenceEndedAt, silenceOf, silenceState } from "./silence.ts";

const at = (text: string) => Date.parse(text);

test("it is in force from its start until its end", () => {
  const silence = aSilence({ startsAt: monday + seconds(1) });
  const { endsAt } = silence;
  expect([0, 1, 599, 600].map((second) => inForceUntil(silence, monday + seconds(second)))).toEqual([
    null,
    endsAt,
    endsAt,
    null,
  ]);
  expect([0, 1, 600].map((second) => silenceState(silence, monday + seconds(second)))).toEqual([
    "pending",
    "active",
    "expired",
  ]);
});

describe("maintenance windows", () => {
  const nights = aSilence({
    startsAt: at("2026-03-01T00:00:00Z"),
    endsAt: at("2027-01-01T00:00:00Z"),
    windows: { timezone: "Europe/Berlin", hours: [{ type: "daily", start: "02:00", end: "04:00" }] },
  });

  test.each([
    // Winter: 02:00 is 01:00Z.
    ["2026-03-10T00:59:59Z", null],
    ["2026-03-10T01:00:00Z", "2026-03-10T03:00:00Z"],
    ["2026-03-10T03:00:00Z", null],
    // Clocks go forward at 02:00: the window is an hour long.
    ["2026-03-29T00:59:59Z", null],
    ["2026-03-29T01:00:00Z", "2026-03-29T02:00:00Z"],
    // They go back at 03:00: it is three hours long.
    ["2026-10-25T00:00:00Z", "2026-10-25T03:00:00Z"],
    ["2026-10-25T01:30:00Z", "2026-10-25T03:00:00Z"],
    // It ends for good in the middle of none.
    ["2027-02-01T01:30:00Z", null],
  ])("at %s it is in force until %s", (instant, until) => {
    expect(inForceUntil(nights, at(instant))).toBe(until === null ? null : at(until));
  });

  test("the end of the range ends a window too", () => {
    const endsAt = at("2026-03-10T01:30:00Z");
    expect(inForceUntil({ ...nights, endsAt }, at("2026-03-10T01:10:00Z"))).toBe(endsAt);
  });
});

test("ended now, it keeps when it was to end; one that was to come never begins, one that is over stays", () => {
  const silence = aSilence();
  const now = monday + minutes(1);
  expect(silenceEndedAt(silence, now)).toMatchObject({ endsAt: now, plannedEnd: silence.endsAt });
  const toCome = aSilence({ startsAt: monday + days(1), endsAt: monday + days(2) });
  expect(inForceUntil(silenceEndedAt(toCome, now), monday + days(1))).toBeNull();
  expect(silenceEndedAt(silence, silence.endsAt)).toBe(silence);
});

test("of several that mean an alert, the one that lasts longest counts", () => {
  const short = aSilence();
  const long = aSilence({ endsAt: monday + days(1) });
  const other = aSilence({ matchers: [{ field: "service", op: "=", value: "x" }], endsAt: monday + days(9) });
  expect(silenceOf([short, long, other], aDraft(), monday)).toEqual({ silence: long, until: long.endsAt });
  expect(silenceOf([other], aDraft(), monday)).toBeNull();
});

describe("the next periods of activity", () => {
  test("of a silence without windows are its whole time, from its start", () => {
    const { startsAt, endsAt, ...silence } = aSilence();
    const whole = [{ start: startsAt, end: endsAt }];
    expect(activePeriods({ ...silence, startsAt, endsAt }, startsAt - days(1), 3)).toEqual(whole);
    expect(activePeriods({ ...silence, startsAt, endsAt }, startsAt + 1, 3)).toEqual(whole);
    expect(activePeriods({ ...silence, startsAt, endsAt }, endsAt, 3)).toEqual([]);
  });

  test("are windows, the current one included, until the silence ends", () => {
    const windows = {
      timezone: "Europe/Berlin",
      hours: [{ type: "daily", start: "02:00", end: "04:00" }],
    } as const;
    const silence = aSilence({
      startsAt: at("2026-10-24T00:30:00Z"),
      endsAt: at("2026-10-26T02:00:00Z"),
      windows,
    });
    expect(activePeriods(silence, at("2026-10-24T01:00:00Z"), 9)).toEqual([
      { start: at("2026-10-24T00:30:00Z"), end: at("2026-10-24T02:00:00Z") },
      { start: at("2026-10-25T00:00:00Z"), end: at("2026-10-25T03:00:00Z") },
      { start: at("2026-10-26T01:00:00Z"), end: at("2026-10-26T02:00:00Z") },
    ]);
    expect(activePeriods(silence, at("2026-10-24T02:00:00Z"), 1)).toEqual([
      { start: at("2026-10-25T00:00:00Z"), end: at("2026-10-25T03:00:00Z") },
    ]);
  });
});
