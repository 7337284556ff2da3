import { describe, expect, test } from "vitest";
import { anAlert, anIncident, minutes, monday, seconds } from "../../../tests/support/builders.ts";
import { type Incident, mttaSeconds, mttrSeconds } from "../incidents/incident.ts";
import { limits } from "../limits.ts";
import type { Alert } from "./alert.ts";
import { addAlerts, correlationKey, joins } from "./correlation.ts";
import { mergeIncidents } from "./merge-incidents.ts";

const windowMs = seconds(300);
const now = monday + minutes(10);
let drawn = 0;
const nextEventId = () => `evt_${++drawn}`;

const merge = (source: Incident, target: Incident) =>
  mergeIncidents(source, target, { now, actor: "ada", nextEventId });

const keyed = (dedupKey: string, fields: Partial<Alert> = {}) =>
  anAlert({ dedupKey, receivedAt: now, ...fields });

/** An incident with counted alerts of a key. */
const withKey = (dedupKey: string, fields: Partial<Incident> = {}) =>
  anIncident({
    dedupKey,
    countedAlerts: { [correlationKey(anAlert({ dedupKey }))]: [`alt_${dedupKey}`] },
    ...fields,
  });

const afterAlerts = (incident: Incident, ...alerts: Alert[]): Incident =>
  alerts.reduce((current, alert) => addAlerts(current, [alert], windowMs, nextEventId).incident, incident);

describe("a merge", () => {
  test("resolves the source and ends its escalation and snooze", () => {
    const { source } = merge(
      anIncident({
        status: "acknowledged",
        acknowledgedAt: monday + 1,
        escalation: { level: 2, pass: 3, nextAt: null },
        snoozedUntil: monday + minutes(60),
      }),
      anIncident({ id: "inc_target", number: 7 }),
    );
    expect(source).toMatchObject({
      status: "resolved",
      resolvedAt: now,
      resolvedBy: "ada",
      escalation: null,
      lastPass: 3,
      mergedInto: "inc_target",
      pendingEvents: [{ type: "merged", actor: "ada", into: { id: "inc_target", number: 7 } }],
    });
    expect(source.snoozedUntil).toBeUndefined();
    expect([mttaSeconds(source), mttrSeconds(source)]).toEqual([null, null]);
  });

  test("adds the alerts of the source to the target, with what is counted", () => {
    const source = withKey("a", { number: 3, alertCount: 4, lastAlertAt: monday + 2 });
    const { target } = merge(source, withKey("b", { alertCount: 2, lastAlertAt: monday + 1 }));
    expect(target).toMatchObject({
      status: "open",
      alertCount: 6,
      lastAlertAt: monday + 2,
      mergedCount: 1,
      pendingEvents: [{ type: "merged_from", from: { id: source.id, number: 3 }, alertCount: 4 }],
    });
    expect(Object.values(target.countedAlerts).flat().toSorted()).toEqual(["alt_a", "alt_b"]);
  });

  test("raises the severity, and never lowers it", () => {
    const severities = (source: Incident["severity"], target: Incident["severity"]) =>
      merge(anIncident({ severity: source }), anIncident({ severity: target })).target.severity;
    expect(severities("critical", "low")).toBe("critical");
    expect(severities("low", "critical")).toBe("critical");
  });

  test("leaves an acknowledged target acknowledged", () => {
    expect(merge(anIncident(), anIncident({ status: "acknowledged" })).target.status).toBe("acknowledged");
  });

  test.each([
    { name: "the incident itself", source: { id: "inc_1" }, target: { id: "inc_1" } },
    { name: "a resolved incident", source: {}, target: { status: "resolved" as const } },
    { name: "a merged incident", source: {}, target: { status: "resolved" as const, mergedInto: "inc_3" } },
    { name: "another than before", source: { mergedInto: "inc_3" }, target: {} },
    { name: "one with too many", source: {}, target: { mergedCount: limits.mergedIncidents } },
  ])("into $name is a conflict", ({ source, target }) => {
    expect(() => merge(anIncident(source), anIncident(target))).toThrow(
      expect.objectContaining({ code: "conflict" }),
    );
  });
});

describe("an incident with a merged one", () => {
  test("resolves after the last of all keys", () => {
    const { target } = merge(withKey("a"), withKey("b"));
    const resolve = (key: string) => keyed(key, { action: "resolve" });
    for (const [one, other] of [
      ["a", "b"],
      ["b", "a"],
    ] as const) {
      const eased = afterAlerts(target, resolve(one));
      expect(eased.status).toBe("open");
      expect(afterAlerts(eased, resolve(one), keyed(one), resolve(other)).status).toBe("open");
      expect(afterAlerts(eased, resolve(other)).status).toBe("resolved");
    }
  });

  test("does not wait for a key that was resolved before", () => {
    const { target } = merge(withKey("a", { status: "resolved", resolvedAt: monday }), withKey("b"));
    expect(afterAlerts(target, keyed("b", { action: "resolve" })).status).toBe("resolved");
  });

  test("is acknowledged by an event of a merged key", () => {
    const { target } = merge(withKey("a"), withKey("b"));
    expect(afterAlerts(target, keyed("a", { action: "acknowledge" })).status).toBe("acknowledged");
  });

  test("takes keyless alerts of the other severity, but only within the window", () => {
    const target = merge(anIncident({ severity: "low" }), anIncident()).target;
    const lateBy = (ms: number) => anAlert({ severity: "low", receivedAt: monday + ms });
    expect(joins(lateBy(windowMs), target, windowMs)).toBe(true);
    expect(joins(lateBy(windowMs + 1), target, windowMs)).toBe(false);
  });

  test("takes alerts of a merged group, and resolves after the last of both groups", () => {
    const groupOf = (key: string, ...firing: string[]) => ({
      key,
      windowSeconds: 300,
      firing: firing.map((each) => correlationKey(anAlert({ dedupKey: each }))),
    });
    const { target } = merge(
      anIncident({ dedupKey: "a", group: groupOf("one", "a", "b") }),
      anIncident({ dedupKey: "c", group: groupOf("two", "c") }),
    );
    const grouped = (group: string, dedupKey: string, action: Alert["action"] = "trigger") =>
      keyed(dedupKey, { action, receivedAt: monday + 1, route: { rules: [], group: groupOf(group) } });
    expect(joins(grouped("one", "new"), target, windowMs)).toBe(true);
    const left = afterAlerts(
      target,
      grouped("one", "d"),
      grouped("one", "a", "resolve"),
      grouped("two", "c", "resolve"),
      grouped("one", "b", "resolve"),
    );
    expect(left.status).toBe("open");
    expect(afterAlerts(left, grouped("one", "d", "resolve")).status).toBe("resolved");
  });
});
