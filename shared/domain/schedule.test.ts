import { describe, expect, test } from "vitest";
import { ada, aRota, aSchedule, bob, cyd, days, monday } from "../../tests/support/builders.ts";
import { layersOfSimpleRota, onCallAt } from "./schedule.ts";

const handoff = Date.parse("2026-11-23T09:00:00Z");
const primaries = [ada, bob, cyd].map((person) => ({ ...person, role: "primary" as const }));

describe("who is on call", () => {
  test("takes turns, everybody in their order, from the start on", () => {
    const schedule = aSchedule({}, { members: primaries });
    const inWeek = (week: number) => onCallAt(schedule, "primary", handoff + days(7 * week))?.person;
    expect([0, 1, 2, 3, 4].map(inWeek)).toEqual([ada, bob, cyd, ada, bob]);
    expect(onCallAt(schedule, "primary", handoff - 1)).toBeUndefined();
  });

  test("changes at the very instant of the handoff", () => {
    const schedule = aSchedule({}, { members: primaries });
    const next = handoff + days(7);
    expect(onCallAt(schedule, "primary", next - 1)?.person).toEqual(ada);
    expect(onCallAt(schedule, "primary", next)?.person).toEqual(bob);
  });

  test("as secondary is the next primary, where nobody has that role", () => {
    const schedule = aSchedule({}, { members: primaries });
    expect(onCallAt(schedule, "secondary", handoff)?.person).toEqual(bob);
    expect(onCallAt(schedule, "secondary", handoff + days(14))?.person).toEqual(ada);
  });

  test("alone is secondary too", () => {
    const schedule = aSchedule({}, { members: [{ ...ada, role: "primary" }] });
    expect(onCallAt(schedule, "secondary", handoff)?.person).toEqual(ada);
  });

  test("as secondary takes turns among the secondaries, where there are some", () => {
    const schedule = aSchedule(
      {},
      {
        members: [
          { ...ada, role: "primary" },
          { ...bob, role: "secondary" },
          { ...cyd, role: "secondary" },
        ],
      },
    );
    expect(onCallAt(schedule, "secondary", handoff)?.person).toEqual(bob);
    expect(onCallAt(schedule, "secondary", handoff + days(7))?.person).toEqual(cyd);
    expect(onCallAt(schedule, "primary", handoff + days(7))?.person).toEqual(ada);
  });

  test("in several layers of a role is of the later one that has somebody", () => {
    const [base] = layersOfSimpleRota(aRota({ members: [{ ...ada, role: "primary" }] }), monday);
    const [later] = layersOfSimpleRota(
      aRota({ members: [{ ...bob, role: "primary" }], startsOn: "2026-11-30" }),
      monday,
    );
    if (!base || !later) throw new Error("A rota has layers");
    const schedule = aSchedule({ layers: [base, { ...later, name: "later" }] });
    expect(onCallAt(schedule, "primary", handoff)).toMatchObject({ person: ada, layer: "primary" });
    expect(onCallAt(schedule, "primary", handoff + days(7))).toMatchObject({ person: bob, layer: "later" });
  });
});

describe("a simple rota", () => {
  test.each([
    { rotationType: "daily", unit: "day", length: 1 },
    { rotationType: "weekly", unit: "week", length: 1 },
    { rotationType: "biweekly", unit: "week", length: 2 },
  ] as const)(
    "that is $rotationType is handed over every $length $unit",
    ({ rotationType, unit, length }) => {
      const [layer] = layersOfSimpleRota(aRota({ rotationType }), monday);
      expect(layer?.rotation).toEqual({ unit, length, handoffTime: "09:00", startsOn: "2026-11-23" });
    },
  );

  test("without a start begins at the latest handoff on its day; a daily one on any day", () => {
    const begins = (rotationType: "daily" | "weekly") =>
      layersOfSimpleRota(aRota({ rotationType, startsOn: null, handoffDay: "thursday" }), monday)[0]?.rotation
        .startsOn;
    expect(begins("weekly")).toBe("2026-11-19");
    expect(begins("daily")).toBe("2026-11-23");
  });
});
