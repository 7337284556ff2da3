import { describe, expect, test } from "vitest";
import {
  ada,
  anOverride,
  aSchedule,
  bob,
  cyd,
  days,
  monday,
  seconds,
} from "../../../tests/support/builders.ts";
import {
  defaultPolicy,
  type EscalationPolicy,
  type EscalationPosition,
  type EscalationTarget,
  firstPosition,
  positionAfter,
  reach,
  stepFrom,
} from "./escalation.ts";
import type { ScheduleHistory } from "./on-call.ts";

const onPrimary = { kind: "layer", role: "primary", name: "primary" };

const user = (email: string): EscalationTarget => ({ type: "user", email });
const role = (role: "primary" | "secondary"): EscalationTarget => ({ type: "schedule", role });
const policyOf = (repeat: number, ...targets: EscalationTarget[][]): EscalationPolicy => ({
  rules: targets.map((targets, index) => ({ targets, delaySeconds: (index + 1) * 60 })),
  repeat,
});
/** Ada is primary and Bob comes next. */
const history: ScheduleHistory = { schedules: [aSchedule()], overrides: [] };
const beforeAnybody = monday - days(30);

/** Every place of a policy, in order. */
function places(policy: EscalationPolicy): string[] {
  const all: string[] = [];
  let position: EscalationPosition | undefined = firstPosition;
  for (; position; position = positionAfter(policy, position)) all.push(`${position.pass}.${position.level}`);
  return all;
}

describe("places of a policy", () => {
  test("are its rules, once without repeat and once more for each", () => {
    expect(places(policyOf(0, [user("a")]))).toEqual(["1.1"]);
    expect(places(policyOf(0, [user("a")], [user("b")]))).toEqual(["1.1", "1.2"]);
    expect(places(policyOf(2, [user("a")], [user("b")]))).toEqual(["1.1", "1.2", "2.1", "2.2", "3.1", "3.2"]);
  });

  test("of the default are primary and secondary, five minutes each, once", () => {
    expect(places(defaultPolicy)).toEqual(["1.1", "1.2"]);
    expect(defaultPolicy.rules.map(({ delaySeconds }) => delaySeconds)).toEqual([300, 300]);
  });

  test("beyond the last pass are none", () => {
    expect(positionAfter(policyOf(1, [user("a")]), { level: 1, pass: 7 })).toBeUndefined();
  });
});

describe("a target reaches", () => {
  test("the person on call, with the reason", () => {
    expect(reach(history, role("primary"), monday)).toEqual({ ...ada, reason: onPrimary });
    expect(reach(history, role("secondary"), monday)).toEqual({
      ...bob,
      reason: { ...onPrimary, role: "secondary" },
    });
  });

  test("the person who took over", () => {
    const override = anOverride({ id: "ovr_1", end: monday + 1 });
    expect(reach({ ...history, overrides: [override] }, role("primary"), monday)).toEqual({
      ...cyd,
      reason: { kind: "override", role: "primary", name: "ovr_1" },
    });
  });

  test("a user by name, with a schedule or without", () => {
    expect(reach(null, user("eve@example.com"), monday)?.email).toBe("eve@example.com");
    expect(reach(history, user("eve@example.com"), monday)?.email).toBe("eve@example.com");
  });

  test("no one without a schedule, or before it starts", () => {
    expect(reach(null, role("primary"), monday)).toBeUndefined();
    expect(reach(history, role("primary"), beforeAnybody)).toBeUndefined();
  });
});

describe("a step", () => {
  test("waits its rule's delay for the next", () => {
    const policy = policyOf(0, [role("primary")], [role("secondary")]);
    expect(stepFrom(policy, firstPosition, history, monday)).toMatchObject({
      position: { level: 1, pass: 1 },
      recipients: [ada],
      nextAt: monday + seconds(60),
      gaps: [],
    });
  });

  test("is the last when no place follows: nothing is due after it", () => {
    const policy = policyOf(0, [role("primary")], [role("secondary")]);
    expect(stepFrom(policy, { level: 2, pass: 1 }, history, monday)?.nextAt).toBeNull();
  });

  test("of the last rule waits too before the next pass", () => {
    const policy = policyOf(1, [role("primary")], [role("secondary")]);
    expect(stepFrom(policy, { level: 2, pass: 1 }, history, monday)?.nextAt).toBe(monday + seconds(120));
    expect(stepFrom(policy, { level: 2, pass: 2 }, history, monday)?.nextAt).toBeNull();
  });

  test("skips rules that reach no one, without their delays", () => {
    const policy = policyOf(
      0,
      [role("primary")],
      [role("secondary")],
      [user("eve@example.com")],
      [user("x")],
    );
    expect(stepFrom(policy, firstPosition, history, beforeAnybody)).toMatchObject({
      position: { level: 3, pass: 1 },
      recipients: [{ email: "eve@example.com" }],
      nextAt: beforeAnybody + seconds(180),
      gaps: [
        { level: 1, pass: 1 },
        { level: 2, pass: 1 },
      ],
    });
  });

  test("continues with the next pass after the last level", () => {
    const policy = policyOf(1, [user("eve@example.com")], [role("primary")]);
    expect(stepFrom(policy, { level: 2, pass: 1 }, history, beforeAnybody)).toMatchObject({
      position: { level: 1, pass: 2 },
      gaps: [{ level: 2, pass: 1 }],
    });
  });

  test("does not exist if no one is left", () => {
    expect(stepFrom(defaultPolicy, firstPosition, history, beforeAnybody)).toBeUndefined();
    expect(stepFrom(policyOf(20, [role("primary")]), firstPosition, null, monday)).toBeUndefined();
    expect(stepFrom(policyOf(0), firstPosition, history, monday)).toBeUndefined();
  });

  test("pages a person once that two of its targets reach, for the first reason", () => {
    const policy = policyOf(0, [role("primary"), user(ada.email), role("secondary"), user(ada.email)]);
    expect(stepFrom(policy, firstPosition, history, monday)?.recipients).toEqual([
      { ...ada, reason: onPrimary },
      { ...bob, reason: { ...onPrimary, role: "secondary" } },
    ]);
  });

  test("pages a person who is both primary and secondary once", () => {
    const alone: ScheduleHistory = {
      schedules: [aSchedule({}, { members: [{ ...ada, role: "primary" }] })],
      overrides: [],
    };
    const policy = policyOf(0, [role("primary"), role("secondary")]);
    expect(stepFrom(policy, firstPosition, alone, monday)?.recipients.map(({ email }) => email)).toEqual([
      ada.email,
    ]);
  });

  test("finds who is on call when it fires, not when the incident opened", () => {
    expect(stepFrom(defaultPolicy, firstPosition, history, monday + days(7))?.recipients).toMatchObject([
      bob,
    ]);
  });
});

test("a forgotten person is not reached, so the next rule follows without delay", () => {
  const former = { name: "Former member ab12cd34", email: "former-ab12cd34@forgotten.invalid" };
  const schedule = aSchedule({}, { members: [{ ...former, role: "primary" }] });
  const policy: EscalationPolicy = {
    rules: [
      { targets: [{ type: "schedule", role: "primary" }], delaySeconds: 300 },
      { targets: [{ type: "user", email: former.email }], delaySeconds: 300 },
      { targets: [{ type: "user", email: "bob@example.com" }], delaySeconds: 300 },
    ],
    repeat: 0,
  };
  const step = stepFrom(policy, firstPosition, { schedules: [schedule], overrides: [] }, monday);
  expect(step?.recipients.map(({ email }) => email)).toEqual(["bob@example.com"]);
  expect(step?.gaps).toHaveLength(2);
});
