import { describe, expect, test } from "vitest";
import { ada, aSimpleSchedule, bob, cyd, monday } from "../../../tests/support/builders.ts";
import { planOfSimpleSchedule } from "./schedule.ts";

const utc = (text: string) => Date.parse(`${text}Z`);

describe("the plan of a simple history", () => {
  test("has a layer for each role with members, each with its own rotation", () => {
    const members = [
      { ...ada, role: "primary" as const },
      { ...bob, role: "secondary" as const },
      { ...cyd, role: "primary" as const },
    ];
    const rotation = { unit: "week", length: 1, handoffTime: "09:00", startsOn: "2026-11-23" };
    expect(planOfSimpleSchedule(aSimpleSchedule({ members }), monday)).toEqual({
      timezone: "UTC",
      rotationType: "weekly",
      handoffNotices: false,
      layers: [
        { name: "primary", role: "primary", rotation, members: [ada, cyd], restrictions: [] },
        { name: "secondary", role: "secondary", rotation, members: [bob], restrictions: [] },
      ],
    });
    expect(planOfSimpleSchedule(aSimpleSchedule(), monday).layers.map(({ role }) => role)).toEqual([
      "primary",
    ]);
  });

  test.each([
    ["daily", "day", 1],
    ["weekly", "week", 1],
    ["biweekly", "week", 2],
  ] as const)("%s hands over every %s × %i", (rotationType, unit, length) => {
    expect(planOfSimpleSchedule(aSimpleSchedule({ rotationType }), monday).layers[0]?.rotation).toMatchObject(
      {
        unit,
        length,
      },
    );
  });

  test.each([
    // Asked for: that day, whatever the time.
    ["weekly", "2016-01-04", "2026-11-23T10:00", "2016-01-04"],
    // Monday 09:00 is past, or is now, or is still to come.
    ["weekly", null, "2026-11-23T10:00", "2026-11-23"],
    ["weekly", null, "2026-11-23T09:00", "2026-11-23"],
    ["weekly", null, "2026-11-23T08:59", "2026-11-16"],
    ["biweekly", null, "2026-11-22T12:00", "2026-11-16"],
    // A daily one asks for no weekday.
    ["daily", null, "2026-11-26T10:00", "2026-11-26"],
    ["daily", null, "2026-11-26T08:00", "2026-11-25"],
  ] as const)("%s that starts on %s, made at %s, begins on %s", (rotationType, startsOn, now, date) => {
    const plan = planOfSimpleSchedule(aSimpleSchedule({ rotationType, startsOn }), utc(now));
    expect(plan.layers[0]?.rotation.startsOn).toBe(date);
  });
});
