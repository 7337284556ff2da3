import { describe, expect, test } from "vitest";
import { anIncident, days } from "../../../tests/support/builders.ts";
import { formatDate } from "../wall-clock.ts";
import { reportOf } from "./report.ts";
import { incidentsOf, type OpenedTally, summaryOf, tally } from "./stats.ts";

const now = Date.parse("2026-11-30T10:30Z");
const opened = (...times: string[]): OpenedTally[] =>
  times.map((time) => {
    const createdAt = Date.parse(time);
    const openedAt = createdAt - (createdAt % 3_600_000);
    return { openedAt, tally: tally([summaryOf(anIncident({ createdAt }))]) };
  });
const countsIn = (timezone: string, hours: readonly OpenedTally[]) => {
  const report = reportOf(hours, { days: 7, timezone, now });
  return {
    before: incidentsOf(report.before),
    ...Object.fromEntries(
      report.days.flatMap(({ day, tally }) => {
        const count = incidentsOf(tally);
        return count > 0 ? [[formatDate(day), count]] : [];
      }),
    ),
  };
};

describe("a report", () => {
  test("counts an incident on the day on which it was opened where the viewer is", () => {
    const hours = opened("2026-11-26T23:30Z", "2026-11-27T00:30Z", "2026-11-27T11:30Z");
    expect(countsIn("UTC", hours)).toEqual({ before: 0, "2026-11-26": 1, "2026-11-27": 2 });
    expect(countsIn("America/New_York", hours)).toEqual({ before: 0, "2026-11-26": 2, "2026-11-27": 1 });
    expect(countsIn("Pacific/Kiritimati", hours)).toEqual({ before: 0, "2026-11-27": 2, "2026-11-28": 1 });
  });

  test("ends with today and compares with as many days before", () => {
    const hours = opened("2026-11-17T00:00Z", "2026-11-23T23:59Z", "2026-11-24T00:00Z", "2026-11-30T10:00Z");
    expect(countsIn("UTC", hours)).toEqual({ before: 2, "2026-11-24": 1, "2026-11-30": 1 });
    const { days: shown } = reportOf([], { days: 7, timezone: "Pacific/Kiritimati", now });
    expect(shown.map(({ day }) => formatDate(day)).at(-1)).toBe("2026-12-01");
    expect(shown).toHaveLength(7);
    expect(
      shown.every(({ day }, index) => index === 0 || day - (shown[index - 1]?.day ?? 0) === days(1)),
    ).toBe(true);
  });

  test("has the weekdays and hours of the viewer, Monday first", () => {
    const hours = opened("2026-11-30T10:00Z", "2026-11-30T10:59Z", "2026-11-29T23:30Z");
    const { week } = reportOf(hours, { days: 7, timezone: "UTC", now });
    expect(week.map((day) => day.length)).toEqual(Array.from({ length: 7 }, () => 24));
    expect([week[0]?.[10], week[6]?.[23], week.flat().filter((count) => count > 0).length]).toEqual([
      2, 1, 2,
    ]);
    const local = reportOf(hours, { days: 7, timezone: "Europe/Berlin", now }).week;
    expect([local[0]?.[11], local[0]?.[0]]).toEqual([2, 1]);
  });
});
