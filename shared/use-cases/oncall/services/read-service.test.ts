import { expect, test } from "vitest";
import { ada, aSchedule, aService, monday } from "../../../../tests/support/builders.ts";
import { defaultPolicy } from "../../../domain/oncall/escalation.ts";
import { readService } from "./read-service.ts";

const teams = ["payments", "search"].map((team) =>
  aSchedule({ team }, { members: [{ ...ada, role: "primary" }] }),
);
const deps = {
  services: { find: async (name: string) => (name === "checkout" ? aService() : undefined) },
  schedules: {
    load: async (team: string) => {
      const schedule = teams.find((each) => each.team === team);
      return schedule && { ...empty, schedule, history: { schedules: [schedule], overrides: [] } };
    },
  },
  defaultTeam: "platform",
};
const empty = {
  overridesEndedAt: null,
  policy: null,
  policyVersion: 0,
  readiness: null,
  readinessVersion: 0,
};

test.each([
  ["its own team", "checkout", "payments", true],
  ["the team of its name", "search", "search", true],
  ["the default team, which has no schedule", "unknown", "platform", false],
])("a service belongs to %s", async (_, name, team, isOnCall) => {
  const service = await readService(deps, name, monday);
  expect(service).toMatchObject({ name, team, policy: defaultPolicy });
  expect(service.settings?.name).toBe(name === "checkout" ? name : undefined);
  expect(service.onCall?.primary.person?.name).toBe(isOnCall ? "Ada" : undefined);
});
