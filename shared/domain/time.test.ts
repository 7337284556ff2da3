import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatInstant, parseInstant } from "./time.ts";

describe("a time on its way in", () => {
  test.each([
    ["2026-11-23T10:00:00Z", "2026-11-23T10:00:00.000Z"],
    ["2026-11-23T10:00:00+02:00", "2026-11-23T08:00:00.000Z"],
    ["2026-11-23T10:00:00-0330", "2026-11-23T13:30:00.000Z"],
    ["2026-11-23t10:00:00z", "2026-11-23T10:00:00.000Z"],
    ["2026-11-23 10:00:00Z", "2026-11-23T10:00:00.000Z"],
    ["2026-11-23T10:00Z", "2026-11-23T10:00:00.000Z"],
    ["  2026-11-23T10:00:00Z  ", "2026-11-23T10:00:00.000Z"],
  ])("%j is %s", (text, utc) => {
    expect(formatInstant(parseInstant(text) ?? Number.NaN)).toBe(utc);
  });

  test.each(["2026-11-23T10:00:00", "2026-11-23 10:00", "2026-11-23T10:00:00.5"])(
    "%j has no zone, so it is UTC",
    (text) => {
      expect(new Date(parseInstant(text) ?? Number.NaN).getUTCHours()).toBe(10);
    },
  );

  test("up to nanoseconds are read and cut to milliseconds", () => {
    expect(parseInstant("2026-11-23T10:00:00.123456789Z")).toBe(Date.UTC(2026, 10, 23, 10, 0, 0, 123));
    expect(parseInstant("2026-11-23T10:00:00,9Z")).toBe(Date.UTC(2026, 10, 23, 10, 0, 0, 900));
  });

  test("29 February exists in leap years only", () => {
    expect(parseInstant("2028-02-29T00:00:00Z")).toBe(Date.UTC(2028, 1, 29));
    expect(parseInstant("2026-02-29T00:00:00Z")).toBeUndefined();
  });

  test.each([
    "2026-02-30T00:00:00Z",
    "2026-04-31T12:00:00+05:00",
    "2026-13-01T00:00:00Z",
    "2026-11-23T25:00:00Z",
    "2026-11-23T10:60:00Z",
    "2026-11-23T10:00:00+25:00",
    "2026-11-23",
    "yesterday",
    "",
    "1795428000",
    "2026-11-23T10:00:00.1234567890Z",
    "2026-11-23T10:00:00Z and more",
  ])("%j is none", (text) => {
    expect(parseInstant(text)).toBeUndefined();
  });

  test("an offset that leads out of the years 0 to 9999 is none: it could not leave as RFC 3339", () => {
    expect(parseInstant("9999-12-31T23:59:59-01:00")).toBeUndefined();
    expect(parseInstant("0000-01-01T00:00:00+01:00")).toBeUndefined();
    expect(parseInstant("9999-12-31T23:59:59Z")).toBeDefined();
    expect(parseInstant("0000-01-01T00:00:00Z")).toBeDefined();
  });
});

test("a formatted time is RFC 3339 in UTC and can be parsed again", () => {
  const latest = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
  fc.assert(
    fc.property(fc.integer({ min: Date.UTC(1, 0, 1), max: latest }), (at) => {
      const text = formatInstant(at);
      expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      expect(parseInstant(text)).toBe(at);
    }),
  );
});

test("a time beyond what RFC 3339 can say leaves as the nearest that it can", () => {
  expect(formatInstant(Infinity)).toBe("9999-12-31T23:59:59.999Z");
  expect(formatInstant(Date.UTC(10_000, 0))).toBe("9999-12-31T23:59:59.999Z");
  expect(formatInstant(-Infinity)).toBe("0000-01-01T00:00:00.000Z");
});
