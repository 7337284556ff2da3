import { describe, expect, it } from "vitest";
import { ada, anOverride, aSchedule, bob, cyd, days, monday } from "../../../tests/support/builders.ts";
import { formatDate, wallClock } from "../wall-clock.ts";
import { forecastOf } from "./forecast.ts";
import { calendarDays, roleCalendars, spanAfter } from "./schedule-calendar.ts";

const local = (date: string) => wallClock(`${date}T00:00`);
const hours = (count: number) => count * 3_600_000;

describe("the days of a calendar", () => {
  it("follow each other without a hole", () => {
    const all = calendarDays(local("2026-10-20"), local("2026-11-03"), "Europe/Berlin");
    expect(all.map(({ date }) => date)).toHaveLength(14);
    for (const [index, day] of all.slice(1).entries()) expect(day.start).toBe(all[index]?.end);
  });

  it.each([
    ["Europe/Berlin", "2027-03-28", "2027-03-28T01:00:00Z", 1],
    ["Europe/Berlin", "2026-10-25", "2026-10-25T01:00:00Z", -1],
    ["America/New_York", "2026-11-01", "2026-11-01T06:00:00Z", -1],
    ["Australia/Lord_Howe", "2026-10-04", "2026-10-03T15:30:00Z", 0.5],
    // At midnight itself.
    ["America/Santiago", "2026-09-06", "2026-09-06T04:00:00Z", 1],
  ])("in %s say that clocks change on %s", (timezone, date, at, byHours) => {
    const [day] = calendarDays(local(date), local(date) + days(1), timezone);
    expect(day?.clockChange).toEqual({ at: Date.parse(at), byMs: hours(byHours) });
  });

  it("have no change where there is none, and no day that a zone left out", () => {
    expect(calendarDays(local("2026-11-23"), local("2026-11-24"), "Europe/Berlin")).toMatchObject([
      { date: "2026-11-23", clockChange: null },
    ]);
    const samoa = calendarDays(local("2011-12-29"), local("2012-01-01"), "Pacific/Apia");
    expect(samoa.map(({ date }) => date)).toEqual(["2011-12-29", "2011-12-31"]);
  });

  it("cover the whole range, with months by the calendar", () => {
    const on = (span: Parameters<typeof spanAfter>[1], count: number) =>
      formatDate(spanAfter(local("2027-01-31"), span, count));
    expect([on("2-weeks", 1), on("1-month", 1), on("2-months", 1), on("1-month", -1)]).toEqual([
      "2027-02-14",
      "2027-02-28",
      "2027-03-31",
      "2026-12-31",
    ]);
  });
});

describe("the layers and overrides behind who is on call", () => {
  const from = monday - hours(10);
  const to = from + days(2);
  const schedule = aSchedule();
  const layer = { ...schedule.layers[0], name: "nights", members: [cyd] } as (typeof schedule.layers)[number];
  const nights = { ...layer, restrictions: [{ type: "daily", start: "22:00", end: "06:00" } as const] };
  const override = anOverride({ start: from + hours(12), end: from + hours(14) });
  const history = {
    schedules: [{ ...schedule, layers: [...schedule.layers, nights] }],
    overrides: [override],
  };
  const [primary, secondary] = roleCalendars(history, from, to);

  it("is each layer separately, the winning one first", () => {
    expect(primary?.layers.map(({ name }) => name)).toEqual(["nights", "primary"]);
    expect(primary?.layers[0]?.stretches.filter(({ person }) => person).map(({ start }) => start)).toEqual([
      from + hours(22),
      from + hours(46),
    ]);
    expect(primary?.overrides).toEqual([override]);
    expect(primary?.final.map(({ person }) => person?.name)).toEqual([
      undefined,
      "Ada",
      "Cyd",
      "Ada",
      "Cyd",
      "Ada",
      "Cyd",
    ]);
  });

  it("is no layer for a derived secondary", () => {
    expect(secondary?.layers).toEqual([]);
    expect(secondary?.final.some(({ person }) => person?.email === bob.email)).toBe(true);
  });

  it("shows a layer of a schedule that was in effect for part of the time", () => {
    const before = { ...schedule, inForceUntil: from + days(1) };
    const renamed = schedule.layers.map((each) => ({ ...each, name: "new" }));
    const after = { ...schedule, layers: renamed, inForceFrom: from + days(1) };
    const [calendar] = roleCalendars({ schedules: [before, after], overrides: [] }, from, to);
    expect(calendar?.layers.map(({ name }) => name)).toEqual(["new", "primary"]);
    const [later] = roleCalendars({ schedules: [before, after], overrides: [] }, to, to + days(1));
    expect(later?.layers.map(({ name }) => name)).toEqual(["new"]);
  });
});

describe("a forecast", () => {
  it("has who is on call, who is next, and no gap", () => {
    const { roles, gaps } = forecastOf({ schedules: [aSchedule()], overrides: [] }, null, monday);
    expect(roles.primary.current.person).toEqual(ada);
    expect(roles.primary.next).toMatchObject({ person: bob, start: monday - hours(1) + days(7) });
    expect(gaps).toEqual([]);
  });

  it("has no next person where nothing changes", () => {
    const alone = aSchedule({}, { members: [{ ...ada, role: "primary" }] });
    const { roles } = forecastOf({ schedules: [alone], overrides: [] }, null, monday);
    expect(roles.primary).toMatchObject({ current: { person: ada }, next: null });
  });
});

it("days end with the year 9999", () => {
  const last = calendarDays(wallClock("9999-12-30T00:00"), wallClock("9999-12-30T00:00") + days(14), "UTC");
  expect(last.map(({ date }) => date)).toEqual(["9999-12-30", "9999-12-31"]);
  expect(formatDate(wallClock("9999-12-30T00:00") + days(14))).toBe("9999-12-31");
});
