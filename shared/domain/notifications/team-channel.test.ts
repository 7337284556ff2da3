import { describe, expect, test } from "vitest";
import { anEvent, anIncident } from "../../../tests/support/builders.ts";
import type { IncidentEvent } from "../incidents/incident-event.ts";
import type { Recipient } from "../oncall/escalation.ts";
import { announcementOf } from "./team-channel.ts";

const incident = anIncident({ number: 7, title: "checkout is down" });
const announced = (fields: Partial<IncidentEvent>) => announcementOf(anEvent(fields), incident);

describe("a team's channel is notified", () => {
  test("what opened", () => {
    expect(announced({ type: "opened" })).toEqual({
      event: "triggered",
      message: "Triggered: #7 checkout is down",
    });
  });

  test("who acknowledged and who resolved", () => {
    expect(announced({ type: "acknowledged", actor: "ada" })).toEqual({
      event: "acknowledged",
      message: "Acknowledged by ada: #7 checkout is down",
    });
    expect(announced({ type: "resolved", actor: "ada" })).toEqual({
      event: "resolved",
      message: "Resolved by ada: #7 checkout is down",
    });
  });

  test("without an actor if the platform acted", () => {
    expect(announced({ type: "resolved", actor: null })?.message).toBe("Resolved: #7 checkout is down");
  });

  test("to whom it was escalated, by name where that is known", () => {
    const recipients: Recipient[] = [
      { name: "Ada", email: "ada@example.com", reason: { kind: "layer", role: "primary", name: "weekly" } },
      { name: null, email: "bob@example.com", reason: { kind: "policy" } },
    ];
    const escalated = { type: "escalated", recipients, level: 2, pass: 1, nextAt: null } as const;
    expect(announced({ ...escalated, actor: "cyd" })).toEqual({
      event: "escalated",
      message: "Escalated by cyd to Ada, bob@example.com: #7 checkout is down",
    });
    expect(announced({ ...escalated, actor: null })?.message).toBe(
      "Escalated to Ada, bob@example.com: #7 checkout is down",
    );
  });

  test.each(["paging", "coverage_gap", "escalation_exhausted", "severity_changed"] as const)(
    "nothing of %s",
    (type) => {
      expect(announced({ type } as Partial<IncidentEvent>)).toBeUndefined();
    },
  );
});
