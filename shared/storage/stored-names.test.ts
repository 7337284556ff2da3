import { expect, test } from "vitest";
import { anAlert, anEvent, anIncident, aRule, monday } from "../../tests/support/builders.ts";
import { alertEntity } from "./alerts/alert-store.ts";
import { pulseEntity } from "./alerts/heartbeat-store.ts";
import { routingEntity } from "./alerts/rule-store.ts";
import { suppressedAlertEntity } from "./alerts/suppressed-alert-store.ts";
import { eventEntity } from "./incidents/incident-event-store.ts";
import { incidentEntity } from "./incidents/incident-store.ts";

/** Attributes keep the names that version 0.1.0 gave them, so that it reads what a later release wrote. */
test("an alert that was sent again is stored as before", () => {
  const alert = { ...anAlert(), suppressedAs: "key", outcome: "suppressed", incidentId: null } as const;
  const item = alertEntity.toItem(alert);
  expect(item).toMatchObject({ heldAs: "key", schemaVersion: 1 });
  expect(alertEntity.parse(item)).toEqual(alert);
});

test("the alert that is sent again after a suppression is stored as before", () => {
  const alert = { ...anAlert(), suppressedAs: "key" };
  const by = { kind: "silence", id: "sil_1" } as const;
  const suppressed = { key: "key", alert, earlierIds: ["alt_1"], by, dueAt: monday, version: 1 };
  const item = suppressedAlertEntity.toItem(suppressed);
  expect(item).toMatchObject({ alert: { heldAs: "key" }, schemaVersion: 1 });
  expect(item.alert).not.toHaveProperty("suppressedAs");
  expect(suppressedAlertEntity.parse(item)).toEqual(suppressed);
  const { earlierIds: _, ...before } = item;
  expect(suppressedAlertEntity.parse(before)).toEqual({ ...suppressed, earlierIds: [] });
});

test("a heartbeat's state is stored as before", () => {
  const pulse = {
    ...{ heartbeatId: "hbt_1", keyDigest: "digest", timeoutSeconds: 90, graceSeconds: 30 },
    ...{ paused: false, resumedAt: null },
    ...{ lastBeatAt: monday, missingSince: null, notices: [], wakeAt: null, version: 1 },
  };
  const item = pulseEntity.toItem(pulse);
  expect(item).toMatchObject({ patienceSeconds: 90, schemaVersion: 2 });
  expect(pulseEntity.parse(item)).toEqual(pulse);
});

test("routing rules are stored as before", () => {
  const current = { rules: [aRule({ continues: true })], inForceFrom: monday, version: 1 };
  const stored = { version: 1, history: { current, superseded: null } };
  const item = routingEntity.toItem(stored);
  expect(item.history).toContain('"goOn":true');
  expect(routingEntity.parse(item)).toEqual(stored);
});

test("a manual escalation is stored as before", () => {
  const person = { name: "Ada", email: "ada@example.com" };
  const recipients = [{ ...person, reason: { kind: "layer", role: "primary", name: "weekly" } as const }];
  const paged = { team: "payments", level: 2, pass: 1, recipients, nextAt: null };
  const event = anEvent({ ...paged, type: "escalated", manual: true, reason: null });
  const item = eventEntity.toItem(event);
  const stored = {
    byHand: true,
    recipients: [{ ...person, why: "primary by layer weekly" }],
    schemaVersion: 1,
  };
  expect(item).toMatchObject(stored);
  expect(eventEntity.parse(item)).toEqual(event);
});

test("the pending opening event of an alert's incident is stored as its ID, and read in full too", () => {
  const incident = anIncident();
  const { id: incidentId, createdAt: at, severity, source } = incident;
  const opened = anEvent({ incidentId, at, actor: null, type: "opened", severity, source });
  const gap = anEvent({ incidentId, at, actor: null, type: "coverage_gap", team: "a", recipients: [] });
  const pending = { ...incident, pendingEvents: [opened, gap] };
  const item = incidentEntity.toItem(pending);
  expect(item).toMatchObject({ openedEvent: opened.id, pendingEvents: [{ id: gap.id }], schemaVersion: 1 });
  expect(incidentEntity.parse(item)).toEqual(pending);
  const { openedEvent, ...before } = item;
  expect(incidentEntity.parse({ ...before, pendingEvents: [opened, gap] })).toEqual(pending);
});

test("an opening event that differs from its incident is stored in full", () => {
  const incident = anIncident({ severity: "critical" });
  const { id: incidentId, createdAt: at, source } = incident;
  for (const fields of [
    { severity: "low", actor: null } as const,
    { severity: "critical", actor: "ada" } as const,
  ]) {
    const opened = anEvent({ incidentId, at, type: "opened", source, ...fields });
    const item = incidentEntity.toItem({ ...incident, pendingEvents: [opened] });
    expect(item).not.toHaveProperty("openedEvent");
    expect(incidentEntity.parse(item).pendingEvents).toEqual([opened]);
  }
});
