import { expect, test } from "vitest";
import { ada, anOverride, aSchedule, bob, days, monday } from "../../tests/support/builders.ts";
import { calendarShifts } from "./shifts.ts";

const week = { from: monday, to: monday + days(7) };

function shownOf(names: readonly (typeof ada)[], overrides: Parameters<typeof anOverride>[0][]) {
  const members = names.map((person) => ({ ...person, role: "primary" as const }));
  const schedule = aSchedule({}, { members });
  const history = { schedules: [schedule], overrides: overrides.map((fields) => anOverride(fields)) };
  return calendarShifts({ schedule, history, overridesEndedAt: null, ...week });
}

const secondaries = (shifts: ReturnType<typeof shownOf>) =>
  shifts.filter(({ role }) => role === "secondary").map(({ person }) => person.name);

test("a calendar shows the derived secondary that pages go to, with an identifier that is safe", () => {
  const taken = { person: bob, start: monday, end: monday + days(1) };
  const shifts = shownOf([ada], [taken]);
  expect(secondaries(shifts)).toEqual(["Ada"]);
  expect(secondaries(shownOf([ada], []))).toEqual([]);
  for (const { uid } of shifts) expect(uid).toMatch(/^[\w-]+@incident-platform$/);
});

test("an override of the primary gives the secondary's entry a new sequence number", () => {
  const late = { person: bob, start: monday, end: monday + days(1), createdAt: monday + 5_000 };
  const [before] = shownOf([ada, bob], []).filter(({ role }) => role === "secondary");
  const [after] = shownOf([ada, bob], [late]).filter(({ role }) => role === "secondary");
  expect([before?.person.name, after?.person.name]).toEqual(["Bob", "Ada"]);
  expect(after?.sequence).toBeGreaterThan(before?.sequence ?? 0);
});
