import { describe, expect, test } from "vitest";
import { monday } from "../../../../tests/support/builders.ts";
import { policyInput, policyOf } from "../../../contracts/oncall/policy.ts";
import { planInput, planOf } from "../../../contracts/oncall/schedules/plan.ts";
import type { EscalationPolicy } from "../../../domain/oncall/escalation.ts";
import { planOfSimpleSchedule, type SchedulePlan } from "../../../domain/oncall/schedule.ts";
import { draftOfPolicy, policyBodyOf, policyDraft, policyFormFaults } from "../edit-policy/draft.ts";
import { draftOfPlan, planBodyOf, scheduleDraft } from "./draft.ts";

const ada = { name: "Ada", email: "ada@example.com" };
const layered: SchedulePlan = {
  timezone: "Europe/Berlin",
  rotationType: "custom",
  handoffNotices: true,
  layers: [
    {
      name: "Days",
      role: "secondary",
      rotation: { unit: "week", length: 3, handoffTime: "08:30", startsOn: "2026-11-24" },
      members: [ada],
      restrictions: [
        { type: "daily", start: "09:00", end: "17:00" },
        { type: "weekly", startDay: "friday", start: "20:00", endDay: "monday", end: "08:00" },
      ],
    },
    {
      name: "Hours",
      role: "primary",
      rotation: { unit: "hour", length: 12, handoffTime: "06:00", startsOn: "2026-11-24" },
      members: [ada],
      restrictions: [],
    },
  ],
};
const simple = (rotationType: "daily" | "weekly" | "biweekly"): SchedulePlan =>
  planOfSimpleSchedule(
    {
      timezone: "UTC",
      rotationType,
      members: [{ ...ada, role: "primary" }],
      handoffTime: "10:00",
      handoffDay: "tuesday",
      startsOn: null,
      handoffNotices: false,
    },
    monday,
  );

describe("a schedule's form", () => {
  test.each([
    ["layers", layered],
    ["a daily history", simple("daily")],
    ["a weekly history", simple("weekly")],
    ["a history of two weeks", simple("biweekly")],
  ])("that is sent as it was shown (%s) changes nothing", (_, plan) => {
    const sent = planInput.parse(planBodyOf(draftOfPlan("web", plan)));
    expect(planOf(sent, monday)).toEqual(plan);
  });

  test("accepts any input as a draft", () => {
    const draft = scheduleDraft.parse({ members: "x", layers: [{ rotation: "y", role: "king" }], form: [] });
    expect(draft).toMatchObject({
      form: "simple",
      members: [],
      layers: [{ name: "", role: "primary", rotation: { unit: "week", length: "1" }, members: [] }],
    });
  });
});

describe("a policy's form", () => {
  const policy: EscalationPolicy = {
    rules: [
      { targets: [{ type: "schedule", role: "secondary" }], delaySeconds: 500 },
      { targets: [{ type: "user", email: "ada@example.com" }], delaySeconds: 1 },
    ],
    repeat: 3,
  };

  test("that is sent as it was shown changes nothing, down to the second", () => {
    expect(policyOf(policyInput.parse(policyBodyOf(draftOfPolicy(policy))))).toEqual(policy);
  });

  test.each(["", "soon", "0", "-1", "1441", "1e999"])("has its fault at the minutes for %j", (minutes) => {
    const draft = policyDraft.parse({ rules: [{ targets: [{}], delay_minutes: minutes }] });
    const { error } = policyInput.safeParse(policyBodyOf(draft));
    const faults = (error?.issues ?? []).map(({ path, message }) => ({ path: path.join("."), message }));
    expect(policyFormFaults(faults)).toEqual([
      { path: "rules.0.delay_minutes", message: "must be a number of minutes up to 1440" },
    ]);
  });
});
