import { describe, expect, test } from "vitest";
import { ada, anOverride, aSchedule, bob, days, monday } from "../../../tests/support/builders.ts";
import { gapsOfPolicy, gapsOfRole, handoffsBetween } from "./coverage.ts";
import type { EscalationPolicy, EscalationTarget } from "./escalation.ts";
import type { ScheduleHistory } from "./on-call.ts";
import type { Restriction } from "./restriction.ts";
import type { Layer, Override, SimpleSchedule } from "./schedule.ts";

const utc = (text: string) => Date.parse(`${text}Z`);
const show = (at: number) => new Date(at).toISOString().slice(5, 16);
const shown = (gaps: readonly { start: number; end: number }[]) =>
  gaps.map(({ start, end }) => `${show(start)} to ${show(end)}`);

const from = utc("2026-11-23T00:00");
const to = utc("2026-11-25T00:00");
const layer = (role: Layer["role"], start: string, end: string): Layer => ({
  name: `${role} ${start}`,
  role,
  rotation: { unit: "week", length: 1, handoffTime: "00:00", startsOn: "2026-11-16" },
  members: [ada, bob],
  restrictions: [{ type: "daily", start, end } satisfies Restriction],
});
/** A primary by day and a secondary from noon to midnight. */
const history: ScheduleHistory = {
  schedules: [
    aSchedule({ layers: [layer("primary", "06:00", "18:00"), layer("secondary", "12:00", "00:00")] }),
  ],
  overrides: [],
};
const policy = (...targets: EscalationTarget[]): EscalationPolicy => ({
  rules: targets.map((target) => ({ targets: [target], delaySeconds: 60 })),
  repeat: 0,
});
const primary: EscalationTarget = { type: "schedule", role: "primary" };
const secondary: EscalationTarget = { type: "schedule", role: "secondary" };
const override = (fields: Partial<Override>) =>
  anOverride({ start: from, end: to, createdAt: from, ...fields });

describe("gaps", () => {
  test("of a role are the times with no one on call", () => {
    expect(shown(gapsOfRole(history, "primary", from, to))).toEqual([
      "11-23T00:00 to 11-23T06:00",
      "11-23T18:00 to 11-24T06:00",
      "11-24T18:00 to 11-25T00:00",
    ]);
  });

  test("of a policy are the times when none of its roles has anyone on call", () => {
    const expected = ["11-23T00:00 to 11-23T06:00", "11-24T00:00 to 11-24T06:00"];
    expect(shown(gapsOfPolicy(history, policy(primary, secondary), from, to))).toEqual(expected);
    expect(shown(gapsOfPolicy(history, null, from, to))).toEqual(expected);
    expect(shown(gapsOfPolicy(history, policy(primary), from, to))).toEqual(
      shown(gapsOfRole(history, "primary", from, to)),
    );
  });

  test("of a policy that names a user are none", () => {
    expect(
      gapsOfPolicy(history, policy(primary, { type: "user", email: "eve@example.com" }), from, to),
    ).toEqual([]);
  });

  test("are all the time where there is no schedule, or no rule", () => {
    expect(gapsOfPolicy({ schedules: [], overrides: [] }, null, from, to)).toEqual([
      { start: from, end: to },
    ]);
    expect(gapsOfPolicy(history, policy(), from, to)).toEqual([{ start: from, end: to }]);
  });

  test("are closed by an override, and only where it acts", () => {
    const night = { start: utc("2026-11-23T20:00"), end: utc("2026-11-24T03:00") };
    const closed = (override: Override) =>
      shown(gapsOfPolicy({ ...history, overrides: [override] }, null, from, to));
    expect(closed(override(night))).toEqual(["11-23T00:00 to 11-23T06:00", "11-24T03:00 to 11-24T06:00"]);
    expect(closed(override({ ...night, replaces: ada.email }))).toEqual([
      "11-23T00:00 to 11-23T06:00",
      "11-24T00:00 to 11-24T06:00",
    ]);
  });
});

describe("handoffs", () => {
  const weekly = (fields: Partial<SimpleSchedule> = {}, ...overrides: Override[]): ScheduleHistory => ({
    schedules: [aSchedule({}, { timezone: "Europe/Berlin", startsOn: "2026-10-05", ...fields })],
    overrides,
  });
  const described = (history: ScheduleHistory, start: string, end: string) =>
    handoffsBetween(history, "Europe/Berlin", utc(start), utc(end))
      .filter(({ role }) => role === "primary")
      .map(
        ({ at, from, to, movedByClockChange }) =>
          `${show(at)} ${from} to ${to}${movedByClockChange ? " moved" : ""}`,
      );

  test("list outgoing and incoming people, and mark clock changes since the previous handoff", () => {
    const expected = [
      "10-19T07:00 bob@example.com to ada@example.com",
      "10-26T08:00 ada@example.com to bob@example.com moved",
      "11-02T08:00 bob@example.com to ada@example.com",
    ];
    expect(described(weekly(), "2026-10-13T00:00", "2026-11-05T00:00")).toEqual(expected);
    // The one before may lie before the span: clocks changed on Sunday, 25 October.
    expect(described(weekly(), "2026-10-25T12:00", "2026-11-05T00:00")).toEqual(expected.slice(1));
    expect(described(weekly(), "2026-10-26T08:00", "2026-11-05T00:00")).toEqual(expected.slice(2));
  });

  test("are of both roles, in their order", () => {
    const handoffs = handoffsBetween(
      weekly(),
      "Europe/Berlin",
      utc("2026-10-13T00:00"),
      utc("2026-11-05T00:00"),
    );
    expect(handoffs.map(({ role }) => role)).toEqual([
      "primary",
      "secondary",
      "primary",
      "secondary",
      "primary",
      "secondary",
    ]);
    expect(handoffs.map(({ at }) => at)).toEqual(handoffs.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  test("have no previous person where a rotation starts, and are not shifted by DST", () => {
    expect(described(weekly({ startsOn: "2026-10-26" }), "2026-10-01T00:00", "2026-10-27T00:00")).toEqual([
      "10-26T08:00 null to ada@example.com",
    ]);
  });

  test("to oneself do not exist: an override by the person already on call", () => {
    const own = override({ person: ada, start: utc("2026-11-03T00:00"), end: utc("2026-11-04T00:00") });
    expect(described(weekly({}, own), "2026-11-02T12:00", "2026-11-10T00:00")).toEqual([
      "11-09T08:00 ada@example.com to bob@example.com",
    ]);
    expect(
      described(weekly({ members: [{ ...ada, role: "primary" }] }), "2026-11-02T12:00", "2027-01-01T00:00"),
    ).toEqual([]);
  });

  test("are within the requested range", () => {
    const at = utc("2026-11-02T08:00");
    expect(handoffsBetween(weekly(), "Europe/Berlin", at, at + days(7))).toEqual([]);
    expect(handoffsBetween(weekly(), "Europe/Berlin", at, at)).toEqual([]);
    expect(handoffsBetween(weekly(), "Europe/Berlin", at - 1, at + days(7))).toHaveLength(2);
  });
});

test("shifts of a forgotten person are gaps", () => {
  const former = { name: "Former member ab12cd34", email: "former-ab12cd34@forgotten.invalid" };
  const members = [{ ...former, role: "primary" as const }];
  const history = { schedules: [aSchedule({}, { members })], overrides: [] };
  const policy = {
    rules: [{ targets: [{ type: "user" as const, email: former.email }], delaySeconds: 1 }],
    repeat: 0,
  };
  expect(gapsOfRole(history, "primary", monday, monday + days(1))).toEqual([
    { start: monday, end: monday + days(1) },
  ]);
  expect(gapsOfPolicy(history, policy, monday, monday + days(1))).toHaveLength(1);
});
