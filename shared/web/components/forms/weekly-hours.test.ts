import fc from "fast-check";
import { expect, test } from "vitest";
import { restrictionOf, restrictionsInput } from "../../../contracts/oncall/schedules/restriction.ts";
import { type Weekday, weekdays } from "../../../domain/wall-clock.ts";
import { groupHours, windowsOn } from "./weekly-hours.ts";

const restrictionsOf = (inputs: unknown) => restrictionsInput(20).parse(inputs).map(restrictionOf);

test("hours on chosen days are windows of these days, and are grouped again", () => {
  fc.assert(
    fc.property(
      fc.subarray([...weekdays], { minLength: 1 }),
      fc.constantFrom(["09:00", "17:00"], ["22:00", "06:00"], ["18:00", "00:00"]),
      (days, [start = "", end = ""]) => {
        const windows = restrictionsOf(windowsOn(days, start, end));
        expect(windows).toHaveLength(days.length === 7 ? 1 : days.length);
        expect(groupHours(windows)).toEqual([{ type: "days", days, start, end }]);
      },
    ),
  );
});

test("a window over several days stays by itself, and different hours are different groups", () => {
  const weekend = {
    type: "weekly",
    startDay: "friday",
    start: "18:00",
    endDay: "monday",
    end: "08:00",
  } as const;
  const mornings = (day: Weekday) =>
    ({ type: "weekly", startDay: day, start: "06:00", endDay: day, end: "09:00" }) as const;
  expect(groupHours([mornings("monday"), weekend, mornings("tuesday")])).toEqual([
    { type: "days", days: ["monday", "tuesday"], start: "06:00", end: "09:00" },
    weekend,
  ]);
});
