import { describe, expect, test } from "vitest";
import {
  ada,
  anIncident,
  aPolicy,
  aSchedule,
  bob,
  cyd,
  minutes,
  monday,
} from "../../../tests/support/builders.ts";
import type { EscalationPolicy } from "../../domain/oncall/escalation.ts";
import { readPaging } from "./read-paging.ts";

const members = [
  { ...ada, role: "primary" },
  { ...bob, role: "secondary" },
  { ...cyd, role: "secondary" },
] as const;
const schedule = aSchedule({}, { members });

const paging = (escalation: object | null, policy?: EscalationPolicy, planned = true) =>
  readPaging(
    {
      incidents: { findPolicy: async () => policy },
      schedules: {
        load: async () =>
          planned
            ? {
                schedule,
                history: { schedules: [schedule], overrides: [] },
                overridesEndedAt: null,
                policy: null,
                policyVersion: 0,
                readiness: null,
                readinessVersion: 0,
              }
            : undefined,
      },
    },
    anIncident({ escalation: escalation && { level: 1, pass: 1, nextAt: null, ...escalation } }),
    monday,
  );

describe("the paging of an incident", () => {
  test("names who is next, by the policy of the incident and the schedule at that time", async () => {
    const at = monday + minutes(5);
    expect((await paging({ nextAt: at })).next).toMatchObject({
      at,
      step: { position: { level: 2, pass: 1 }, recipients: [bob] },
    });
    const cydNext = aPolicy({ rules: [["primary"], ["cyd@example.com"]] });
    expect((await paging({ nextAt: at }, cydNext)).next?.step).toMatchObject({
      recipients: [{ name: null, email: "cyd@example.com" }],
    });
  });

  test("has the fallback next when no level is left that reaches anyone", async () => {
    const at = monday + minutes(5);
    expect((await paging({ level: 2, nextAt: at })).next).toEqual({ at, step: null });
    expect((await paging({ nextAt: at }, undefined, false)).next).toEqual({ at, step: null });
  });

  test("has no one next when no time is set", async () => {
    expect((await paging({ nextAt: null })).next).toBeNull();
    expect((await paging(null)).next).toBeNull();
  });

  test("suggests who is on call, then the other members", async () => {
    expect((await paging(null)).people).toEqual([ada, bob, cyd]);
    expect((await paging(null, undefined, false)).people).toEqual([]);
  });
});
