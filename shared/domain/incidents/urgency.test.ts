import fc from "fast-check";
import { expect, test } from "vitest";
import type { Restriction } from "../oncall/restriction.ts";
import { severities } from "../severity.ts";
import { weekdays } from "../wall-clock.ts";
import { nextHighAt, type UrgencyHours, urgencyAt, urgencyChoices } from "./urgency.ts";

const minute = 60_000;
const day = 1_440 * minute;
const utc = (text: string) => Date.parse(`${text}Z`);
const timeOf = (text: string) => utc(`1970-01-01T${text}`);
const weekdayOf = (date: number) => weekdays[(new Date(date).getUTCDay() + 6) % 7];

const office: UrgencyHours = {
  timezone: "Europe/Berlin",
  hours: [{ type: "weekly", startDay: "monday", start: "09:00", endDay: "friday", end: "17:00" }],
  inside: "high",
  outside: "low",
  raise: true,
};

test.each([
  ["high", "low", "high"],
  ["low", "critical", "low"],
  ["by_severity", "critical", "high"],
  ["by_severity", "high", "high"],
  ["by_severity", "medium", "low"],
  ["by_severity", "low", "low"],
] as const)("%s makes severity %s %s", (setting, severity, urgency) => {
  expect(urgencyAt(setting, severity, 0)).toBe(urgency);
  expect(nextHighAt(setting, severity, 0)).toBeNull();
});

test.each([
  // Half-open: high at the start, low at the end. Berlin is at +1 in November.
  ["2026-11-27T15:59", "high", "2026-11-27T15:59"],
  ["2026-11-27T16:00", "low", "2026-11-30T08:00"],
  ["2026-11-30T07:59", "low", "2026-11-30T08:00"],
  ["2026-11-30T08:00", "high", "2026-11-30T08:00"],
  // The clocks change on the Sundays between.
  ["2026-03-28T12:00", "low", "2026-03-30T07:00"],
  ["2026-10-24T12:00", "low", "2026-10-26T08:00"],
])("in office hours, urgency at %s is %s, and next high at %s", (at, urgency, next) => {
  expect(urgencyAt(office, "low", utc(at))).toBe(urgency);
  expect(nextHighAt(office, "low", utc(at))).toBe(utc(next));
});

test("severity decides where the hours leave it to severity", () => {
  const setting = { ...office, outside: "by_severity" } as const;
  const sunday = utc("2026-11-29T12:00");
  expect(urgencyAt(setting, "critical", sunday)).toBe("high");
  expect(nextHighAt(setting, "critical", sunday)).toBe(sunday);
  expect(urgencyAt(setting, "medium", sunday)).toBe("low");
  expect(nextHighAt(setting, "medium", sunday)).toBe(utc("2026-11-30T08:00"));
});

test("hours raise nothing without `raise`, and nothing that they never make high", () => {
  const sunday = utc("2026-11-29T12:00");
  expect(nextHighAt({ ...office, raise: false }, "low", sunday)).toBeNull();
  expect(nextHighAt({ ...office, inside: "by_severity" }, "low", sunday)).toBeNull();
  // Two windows leave no time outside.
  const always: UrgencyHours = {
    ...office,
    hours: [
      { type: "daily", start: "00:00", end: "12:00" },
      { type: "daily", start: "12:00", end: "00:00" },
    ],
    inside: "low",
    outside: "high",
  };
  expect(nextHighAt(always, "low", sunday)).toBeNull();
});

test("hours that fall into a gap one week raise the week after", () => {
  const hours: Restriction[] = [
    { type: "weekly", startDay: "sunday", start: "02:10", endDay: "sunday", end: "02:50" },
  ];
  const missed = utc("2026-03-22T12:00");
  expect(nextHighAt({ ...office, hours }, "low", missed)).toBe(utc("2026-04-05T00:10"));
});

/** Minutes around a clock change, and which of them have a local time according to Intl. */
interface Minutes {
  readonly timezone: string;
  readonly change: number;
  readonly from: number;
  readonly local: readonly number[];
  readonly first: ReadonlyMap<number, number>;
  readonly last: ReadonlyMap<number, number>;
}

/** Time around a clock change that is resolved: hours may start three weeks later. */
const [daysBefore, daysAfter] = [10, 24];

function minutesAround(timezone: string, date: string): Minutes {
  const change = utc(`${date}T00:00`);
  const from = change - daysBefore * day;
  const format = new Intl.DateTimeFormat("sv-SE", {
    timeZone: timezone,
    dateStyle: "short",
    timeStyle: "short",
  });
  const count = (daysBefore + daysAfter) * 1_440;
  const local = Array.from({ length: count }, (_, index) =>
    Date.parse(`${format.format(from + index * minute).replace(" ", "T")}Z`),
  );
  const first = new Map(local.map((wall, index) => [wall, index] as const).toReversed());
  const last = new Map(local.map((wall, index) => [wall, index]));
  return { timezone, change, from, local, first, last };
}

const changes = [
  minutesAround("Europe/Berlin", "2026-03-29"),
  minutesAround("Europe/Berlin", "2026-10-25"),
  minutesAround("Australia/Lord_Howe", "2026-10-04"),
  minutesAround("Australia/Lord_Howe", "2026-04-05"),
  minutesAround("America/Santiago", "2026-09-06"),
];

/** Marks each minute within the hours, by enumerating every window of every local day. */
function naively({ local, first, last }: Minutes, hours: readonly Restriction[]): boolean[] {
  const inside = local.map(() => false);
  const end = local.at(-1) ?? 0;
  /** Skips the minutes of a gap. */
  const minuteOf = (wall: number, minutes: ReadonlyMap<number, number>) => {
    for (let each = wall; each <= end; each += minute) {
      const index = minutes.get(each);
      if (index !== undefined) return index;
    }
    return inside.length;
  };
  const firstDay = Math.floor((local[0] ?? 0) / day) * day;
  for (const restriction of hours) {
    for (let date = firstDay; date <= end; date += day) {
      if (restriction.type === "weekly" && weekdayOf(date) !== restriction.startDay) continue;
      const opens = date + timeOf(restriction.start);
      let closes = date + timeOf(restriction.end);
      if (restriction.type === "weekly") {
        while (weekdayOf(closes) !== restriction.endDay) closes += day;
      }
      if (closes <= opens) closes += restriction.type === "daily" ? day : 7 * day;
      inside.fill(true, minuteOf(opens, first), minuteOf(closes, last));
    }
  }
  return inside;
}

test("urgency and the next high time are those of a resolver that looks at every minute", () => {
  // Often between midnight and 04:00, where clocks change.
  const someTime = fc
    .oneof(fc.integer({ min: 0, max: 1_439 }), fc.integer({ min: 0, max: 240 }))
    .map((at) => new Date(at * minute).toISOString().slice(11, 16));
  const weekday = fc.constantFrom(...weekdays);
  const restriction: fc.Arbitrary<Restriction> = fc
    .oneof(
      fc.record({ type: fc.constant("daily" as const), start: someTime, end: someTime }),
      fc.record({
        type: fc.constant("weekly" as const),
        startDay: weekday,
        start: someTime,
        endDay: weekday,
        end: someTime,
      }),
    )
    .filter(({ start, end }) => start !== end);
  const choice = fc.constantFrom(...urgencyChoices);
  fc.assert(
    fc.property(
      fc.record({
        around: fc.constantFrom(...changes),
        hours: fc.array(restriction, { minLength: 1, maxLength: 3 }),
        inside: choice,
        outside: choice,
        raise: fc.boolean(),
        severity: fc.constantFrom(...severities),
        offset: fc.integer({ min: -1_440, max: 2_880 }),
      }),
      ({ around, hours, inside, outside, raise, severity, offset }) => {
        const setting = { timezone: around.timezone, hours, inside, outside, raise };
        const isHigh = (choice: string) =>
          choice === "high" || (choice === "by_severity" && ["critical", "high"].includes(severity));
        const highs = naively(around, hours).map((isInside) => isHigh(isInside ? inside : outside));
        const at = around.change + offset * minute;
        const index = (at - around.from) / minute;
        expect(urgencyAt(setting, severity, at)).toBe(highs[index] ? "high" : "low");
        const next = highs.indexOf(true, index);
        expect(nextHighAt(setting, severity, at)).toBe(
          raise && next !== -1 ? around.from + next * minute : null,
        );
      },
    ),
    { numRuns: 500 },
  );
});
