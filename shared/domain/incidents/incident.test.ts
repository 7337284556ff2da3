import { describe, expect, test } from "vitest";
import { ada, anIncident, bob, minutes, monday, seconds } from "../../../tests/support/builders.ts";
import { Conflict } from "../errors.ts";
import { execute, type IncidentCommand, type IncidentStatus, mttaSeconds, mttrSeconds } from "./incident.ts";

const later = monday + minutes(5);

const inStatus = {
  open: anIncident(),
  acknowledged: anIncident({ status: "acknowledged", acknowledgedAt: monday + 1, acknowledgedBy: "ada" }),
  resolved: anIncident({
    status: "resolved",
    acknowledgedAt: monday + 1,
    acknowledgedBy: "ada",
    resolvedAt: monday + 2,
    resolvedBy: "ada",
  }),
};

const moveTo = (to: IncidentStatus) => ({ type: "move", to, actor: "bob" }) satisfies IncidentCommand;

describe("moving an incident", () => {
  test.each([
    { from: "open", to: "acknowledged" },
    { from: "open", to: "resolved" },
    { from: "acknowledged", to: "resolved" },
  ] as const)("$from to $to is done, and leaves one event to publish", ({ from, to }) => {
    const moved = execute(inStatus[from], moveTo(to), later, "evt_1");
    expect(moved).toMatchObject({ status: to, updatedAt: later });
    expect(moved.pendingEvents).toEqual([
      { id: "evt_1", incidentId: moved.id, at: later, actor: "bob", type: to },
    ]);
  });

  test.each(["open", "acknowledged", "resolved"] as const)("%s to itself changes nothing", (status) => {
    expect(execute(inStatus[status], moveTo(status), later, "evt_1")).toBe(inStatus[status]);
  });

  test.each([
    { from: "acknowledged", to: "open" },
    { from: "resolved", to: "open" },
    { from: "resolved", to: "acknowledged" },
  ] as const)("$from to $to is a conflict", ({ from, to }) => {
    expect(() => execute(inStatus[from], moveTo(to), later, "evt_1")).toThrow(Conflict);
  });

  test("acknowledging records who acknowledged and when", () => {
    expect(execute(inStatus.open, moveTo("acknowledged"), later, "evt_1")).toMatchObject({
      acknowledgedAt: later,
      acknowledgedBy: "bob",
      resolvedAt: null,
    });
  });

  test.each([
    { before: null, person: bob, after: bob },
    { before: ada, person: bob, after: ada },
    { before: null, person: null, after: null },
  ])("acknowledging assigns to who did it, unless someone is assigned", ({ before, person, after }) => {
    const incident = anIncident({ assignedTo: before });
    const acknowledged = execute(incident, { ...moveTo("acknowledged"), person }, later, "evt_1");
    expect(acknowledged.assignedTo).toEqual(after);
    expect(acknowledged.pendingEvents).toHaveLength(1);
    const resolved = execute(incident, { ...moveTo("resolved"), person }, later, "evt_1");
    expect(resolved.assignedTo).toEqual(before);
  });

  test("resolving an unanswered one counts as answering it", () => {
    expect(execute(inStatus.open, moveTo("resolved"), later, "evt_1")).toMatchObject({
      acknowledgedAt: later,
      acknowledgedBy: "bob",
      resolvedAt: later,
      resolvedBy: "bob",
    });
  });

  test("resolving an acknowledged one keeps who acknowledged, and ends its escalation", () => {
    const escalating = { ...inStatus.acknowledged, escalation: { level: 1, pass: 1, nextAt: later } };
    expect(execute(escalating, moveTo("resolved"), later, "evt_1")).toMatchObject({
      acknowledgedAt: monday + 1,
      acknowledgedBy: "ada",
      resolvedBy: "bob",
      escalation: null,
    });
  });

  test("an action without an actor leaves the actor empty", () => {
    const moved = execute(inStatus.open, { type: "move", to: "acknowledged", actor: null }, later, "evt_1");
    expect(moved).toMatchObject({ acknowledgedAt: later, acknowledgedBy: null });
  });
});

describe("changing an incident", () => {
  test.each([
    {
      command: { type: "change_severity", to: "low", actor: null },
      fields: { severity: "low" },
      event: { type: "severity_changed", from: "critical", to: "low" },
    },
    {
      command: { type: "rename", to: "Checkout is down", actor: null },
      fields: { title: "Checkout is down" },
      event: {
        type: "title_changed",
        from: "[CRITICAL] checkout: error rate over 5%",
        to: "Checkout is down",
      },
    },
    {
      command: { type: "assign", to: ada, actor: null },
      fields: { assignedTo: ada },
      event: { type: "assigned", to: ada },
    },
  ] satisfies { command: IncidentCommand; fields: object; event: object }[])(
    "$command.type leaves an event to publish, and doing it again changes nothing",
    ({ command, fields, event }) => {
      const changed = execute(inStatus.open, command, later, "evt_1");
      expect(changed).toMatchObject({ ...fields, updatedAt: later });
      expect(changed.pendingEvents).toEqual([expect.objectContaining({ ...event, at: later })]);
      expect(execute(changed, command, later + 1, "evt_2")).toBe(changed);
    },
  );

  test("assigning to someone else, and unassigning, are changes", () => {
    const toAda = execute(inStatus.open, { type: "assign", to: ada, actor: null }, later, "evt_1");
    const toBob = execute(toAda, { type: "assign", to: bob, actor: null }, later, "evt_2");
    const toNobody = execute(toBob, { type: "assign", to: null, actor: null }, later, "evt_3");
    expect(toNobody.assignedTo).toBeNull();
    expect(toNobody.pendingEvents.map(({ id }) => id)).toEqual(["evt_1", "evt_2", "evt_3"]);
  });
});

describe("answer times", () => {
  test("run from creation to acknowledgement and to resolution, in seconds", () => {
    const incident = anIncident({
      acknowledgedAt: monday + seconds(90),
      resolvedAt: monday + minutes(30),
    });
    expect([mttaSeconds(incident), mttrSeconds(incident)]).toEqual([90, 1_800]);
  });

  test("are null until someone acknowledges", () => {
    expect([mttaSeconds(inStatus.open), mttrSeconds(inStatus.open)]).toEqual([null, null]);
  });

  test("are never below zero, when another machine's clock is behind", () => {
    const incident = anIncident({ acknowledgedAt: monday - 5, resolvedAt: monday - 1 });
    expect([mttaSeconds(incident), mttrSeconds(incident)]).toEqual([0, 0]);
  });
});
