import { expect, test } from "vitest";
import { ada, aSchedule, bob, monday } from "../../../tests/support/builders.ts";
import { calendarDates } from "../../domain/oncall/calendar-dates.ts";
import { listTeamCalendars } from "./list-team-calendars.ts";

test("each team has the days of its time zone, and its primaries", async () => {
  const members = [ada, bob].map((person) => ({ ...person, role: "primary" as const }));
  const schedule = aSchedule({ team: "payments", timezone: "America/New_York" }, { members });
  const team = {
    schedule,
    history: { schedules: [schedule], overrides: [] },
    overridesEndedAt: null,
    policy: null,
    policyVersion: 0,
    readiness: null,
    readinessVersion: 0,
  };
  const schedules = {
    listNames: async () => ({ items: ["payments", "deleted"], next: "c" }),
    load: async (name: string) => (name === "payments" ? team : undefined),
  };
  const dates = calendarDates("week", "2026-11-23", monday);
  const { items, next } = await listTeamCalendars({ schedules }, { limit: 20, after: null }, dates, monday);
  expect(next).toBe("c");
  expect(items).toHaveLength(1);
  expect(items[0]?.days).toHaveLength(7);
  expect(new Date(items[0]?.days[0]?.start ?? 0).toISOString()).toBe("2026-11-23T05:00:00.000Z");
  expect(items[0]?.primary.at(-1)?.end).toBe(items[0]?.days.at(-1)?.end);
});
