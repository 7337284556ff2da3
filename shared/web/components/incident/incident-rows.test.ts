import { describe, expect, test } from "vitest";
import { anIncident, bob, monday } from "../../../../tests/support/builders.ts";
import { decide } from "../../../domain/access/decide.ts";
import type { PersonPrincipal } from "../../../domain/access/principal.ts";
import type { TeamRole } from "../../../domain/access/roles.ts";
import type { Viewer } from "../../site/viewer.ts";
import { IncidentRows, RespondToSelected, shortTitle } from "./incident-rows.tsx";

test.each([
  ["[CRITICAL] checkout: down", "checkout: down"],
  ["[HIGH] ", "[HIGH] "],
  ["[P1] down", "[P1] down"],
])("%s is shown as %s", (title, short) => {
  expect(shortTitle({ title })).toBe(short);
});

describe("the form for a selection", () => {
  const incidents = [
    anIncident({ number: 1, team: "payments" }),
    anIncident({ number: 2, team: "search" }),
    anIncident({ number: 3, team: "search", assignedTo: bob }),
    anIncident({ number: 4, team: "search", assignedTo: bob, status: "acknowledged" }),
    anIncident({ number: 5, team: "payments", status: "resolved" }),
  ];
  const offeredTo = (roles: readonly TeamRole[]) => {
    const principal: PersonPrincipal = { kind: "person", ...bob, subject: "1", groups: [] };
    const may: Viewer["may"] = (right, subject) => decide({ principal, roles }, right, subject) === null;
    const viewer: Viewer = { ...bob, identity: "person", may, mayWrite: may("respond"), formToken: "t" };
    const rows = String(IncidentRows({ incidents, now: monday, viewer }));
    const form = String(RespondToSelected({ incidents, viewing: { viewer, here: "/", now: monday } }) ?? "");
    return {
      rows: [...rows.matchAll(/Select #(\d)/g)].map(([, number]) => Number(number)),
      buttons: [...form.matchAll(/ value="(acknowledge|resolve|snooze)"/g)].map(([, value]) => value),
    };
  };

  test("selects what the viewer may answer: incidents of their team, and open ones that are theirs", () => {
    const all = ["acknowledge", "resolve", "snooze"];
    expect(offeredTo([{ team: "payments", role: "responder" }])).toEqual({ rows: [1, 3], buttons: all });
    expect(offeredTo([{ team: null, role: "responder" }])).toEqual({ rows: [1, 2, 3, 4], buttons: all });
    expect(offeredTo([{ team: null, role: "viewer" }])).toEqual({ rows: [3], buttons: ["acknowledge"] });
  });
});
