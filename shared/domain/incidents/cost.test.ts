import { expect, test } from "vitest";
import { aNotification, anIncident } from "../../../tests/support/builders.ts";
import { costOf, stepUse } from "./cost.ts";
import type { IncidentEventBody } from "./incident-event.ts";
import type { TimelineEntry } from "./timeline.ts";

const at = Date.UTC(2026, 10, 23, 10);

const event = (body: IncidentEventBody): TimelineEntry => ({
  kind: "event",
  at,
  event: { id: "evt_1", incidentId: "inc_1", at, actor: null, ...body },
});

const paging = { team: "payments", level: 1, pass: 1, recipients: [], nextAt: null };

const attempt = { at, ok: true, outcome: "sent", detail: "", hash: "" } as const;

const attempts = (count: number): TimelineEntry => ({
  kind: "notification",
  at,
  notification: aNotification({ attempts: Array.from({ length: count }, () => attempt) }),
});

const writes = (alertCount: number, ...timeline: TimelineEntry[]): number =>
  costOf(anIncident({ alertCount }), timeline).writeUnits;

const { open, alert, page, change } = stepUse;

test("an incident costs its opening", () => {
  expect(costOf(anIncident({ alertCount: 1 }), [])).toMatchObject({
    writeUnits: open.writeUnits,
    readUnits: open.readUnits,
    requests: open.requests,
  });
});

test("an incident that a person opened has no alerts to pay", () => {
  expect(writes(0)).toBe(open.writeUnits);
});

test("each further alert, page, attempt, change and note is added", () => {
  expect(writes(3) - writes(1)).toBe(2 * alert.writeUnits);
  const timeline = [
    event({ type: "opened", severity: "high", source: "api" }),
    event({ type: "paging", ...paging }),
    attempts(2),
    event({ type: "escalated", manual: false, reason: null, ...paging }),
    event({ type: "acknowledged" }),
  ];
  expect(writes(1, ...timeline) - writes(1)).toBe(
    2 * page.writeUnits + 2 * stepUse.attempt.writeUnits + 2 * change.writeUnits,
  );
});

test("dollars grow with every step", () => {
  const { usd } = costOf(anIncident({ alertCount: 1 }), []);
  expect(usd).toBeGreaterThan(0.00001);
  expect(usd).toBeLessThan(0.0001);
  expect(costOf(anIncident({ alertCount: 1 }), [attempts(1)]).usd).toBeGreaterThan(usd);
});
