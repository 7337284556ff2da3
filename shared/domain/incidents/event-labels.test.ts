import { describe, expect, test } from "vitest";
import { ada, anEvent } from "../../../tests/support/builders.ts";
import { byActor, describeEvent, eventLabel, namesOf } from "./event-labels.ts";
import type { IncidentEventBody } from "./incident-event.ts";

const reason = { kind: "policy" } as const;
const bob = { name: null, email: "bob@example.com", reason };
const paging = { team: "payments", level: 2, pass: 1, recipients: [{ ...ada, reason }, bob], nextAt: null };

describe.each<[words: string, body: IncidentEventBody]>([
  ["Opened as high", { type: "opened", severity: "high", source: "api" }],
  ["Severity changed from low to high", { type: "severity_changed", from: "low", to: "high" }],
  ['Renamed to "disk \\"sda\\" is full"', { type: "title_changed", from: "disk", to: 'disk "sda" is full' }],
  ["Assigned to Ada", { type: "assigned", to: ada }],
  ["Unassigned", { type: "assigned", to: null }],
  ["Acknowledged", { type: "acknowledged" }],
  ["Resolved", { type: "resolved" }],
  ["Note added", { type: "noted", noteId: "nte_1" }],
  ["Paging Ada, bob@example.com (level 2)", { type: "paging", ...paging }],
  [
    "Escalated to Ada, bob@example.com (level 2)",
    { type: "escalated", ...paging, manual: true, reason: null },
  ],
  [
    "Escalated to Ada, bob@example.com (level 2)",
    { type: "escalated", ...paging, pass: 3, firstPass: 3, manual: false, reason: null },
  ],
  [
    "Escalated to Ada, bob@example.com (level 2, pass 2)",
    { type: "escalated", ...paging, pass: 4, firstPass: 3, manual: false, reason: null },
  ],
  ["No one left to page on team payments", { type: "escalation_exhausted", team: "payments" }],
  [
    "No one is on call for payments. Paging bob@example.com instead",
    { type: "coverage_gap", team: "payments", recipients: [bob] },
  ],
])("%s", (words, body) => {
  test("is said of an event, with its actor if there is one", () => {
    expect(eventLabel(body)).toBe(words);
    expect(describeEvent(anEvent({ ...body, actor: null }))).toBe(words);
    expect(describeEvent(anEvent({ ...body, actor: "cyd" }))).toBe(`${words} by cyd`);
  });
});

test("names are shown as the reader needs them", () => {
  const quoted = (name: string) => `<${name}>`;
  expect(namesOf([ada, bob], quoted)).toBe("<Ada>, <bob@example.com>");
  expect(byActor("cyd", quoted)).toBe(" by <cyd>");
  expect(eventLabel({ type: "assigned", to: ada }, quoted)).toBe("Assigned to <Ada>");
});
