import { expect, test } from "vitest";
import { ada, anOverride, aSchedule, bob, days, monday } from "../../../tests/support/builders.ts";
import { deactivatedMembers, emailsOfTeam } from "./deactivated-members.ts";

const history = {
  schedules: [aSchedule({}, { members: [ada, bob].map((person) => ({ ...person, role: "primary" })) })],
  overrides: [anOverride({ person: bob, start: monday + days(1), end: monday + days(2) })],
};
const policy = {
  rules: [{ targets: [{ type: "user" as const, email: "cyd@example.com" }], delaySeconds: 1 }],
  repeat: 0,
};
const found = (...emails: string[]) =>
  deactivatedMembers(history, policy, new Set(emails), monday, monday + days(3));

test("everyone whom a team may page is known", () => {
  expect(emailsOfTeam(history, policy).toSorted()).toEqual([
    "ada@example.com",
    "bob@example.com",
    "cyd@example.com",
  ]);
});

test("deactivated people are listed with the shifts that they still have", () => {
  expect(found("ada@example.com")).toEqual([
    {
      ...ada,
      isInPolicy: false,
      shifts: [
        { role: "primary", start: monday, end: monday + days(1) },
        { role: "secondary", start: monday + days(1), end: monday + days(2) },
        { role: "primary", start: monday + days(2), end: monday + days(3) },
      ],
    },
  ]);
});

test("also if only the policy names them, but not if nothing pages them", () => {
  expect(found("cyd@example.com", "eve@example.com")).toEqual([
    { name: "cyd@example.com", email: "cyd@example.com", isInPolicy: true, shifts: [] },
  ]);
});
