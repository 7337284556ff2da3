import { describe, expect, test } from "vitest";
import * as z from "zod";
import { alertAccepted } from "../alert-accepted.ts";
import { incidentChanged } from "../incident-changed.ts";
import { storedAs } from "./stored-as.ts";

const schema = storedAs(z.object({ manual: z.boolean(), level: z.number() }), { byHand: "manual" });

test("a field is read and written under its stored name", () => {
  expect(z.parse(schema, { byHand: true, level: 1 })).toEqual({ manual: true, level: 1 });
  expect(z.encode(schema, { manual: true, level: 1 })).toEqual({ byHand: true, level: 1 });
});

test("a message of version 0.1.0 is understood, and written again as it was", () => {
  const event = {
    ...{ id: "evt_1", incidentId: "inc_1", at: 1, actor: null, type: "escalated", team: "payments" },
    ...{ level: 2, pass: 1, recipients: [], nextAt: null, byHand: true, reason: null },
  };
  const read = incidentChanged.parse({ version: 1, event });
  expect(read.event).toMatchObject({ manual: true });
  expect(z.encode(incidentChanged, read)).toEqual({ version: 1, event });
});

test("an assignment of version 0.2.0 is understood, and written as an address", () => {
  const { service, severity, message, source } = {
    service: "shop",
    severity: "high",
    message: "",
    source: "s",
  };
  const alert = {
    ...{ id: "flw_1", service, severity, message, source, labels: {} },
    ...{ dedupKey: "a", action: "acknowledge", timestamp: 1, receivedAt: 1 },
  };
  const followUp = { alert, actor: null, note: null };
  const assignedTo = { name: "Ada", email: "ada@example.com" };
  const read = alertAccepted.parse({ version: 1, followUp: { ...followUp, assignedTo } });
  expect(z.encode(alertAccepted, read)).toEqual({
    version: 1,
    followUp: { ...followUp, assignedTo: "ada@example.com" },
  });
});

describe("an alert that was suppressed and sent again", () => {
  const alert = {
    ...{ id: "alt_1", service: "shop", severity: "high", message: "m", source: "s", labels: {} },
    ...{ dedupKey: null, action: "trigger", timestamp: 1, receivedAt: 1, heldAs: "key" },
  };

  test("keeps its stored form", () => {
    const read = alertAccepted.parse({ version: 1, alert });
    expect(read).toMatchObject({ alert: { suppressedAs: "key" } });
    expect(z.encode(alertAccepted, read)).toEqual({ version: 1, alert });
  });

  test("keeps its stored form in a change to its incident", () => {
    const followUp = { alert, actor: null, note: "rolled back" };
    const read = alertAccepted.parse({ version: 1, followUp });
    expect(read).toMatchObject({ followUp: { alert: { suppressedAs: "key" } } });
    expect(z.encode(alertAccepted, read)).toEqual({ version: 1, followUp });
  });
});
