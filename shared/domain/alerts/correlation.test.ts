import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anAlert, anIncident, minutes, monday, seconds } from "../../../tests/support/builders.ts";
import { incidentIdOfAlert } from "../ids.ts";
import { defaultServiceSettings } from "../oncall/service.ts";
import type { Alert } from "./alert.ts";
import { addAlerts, correlationKey, incidentOfAlert, isCounted, joins } from "./correlation.ts";

const windowMs = seconds(300);
const eventIds = () => {
  let count = 0;
  return () => `evt_${++count}`;
};
const openedBy = (alert: Alert) =>
  incidentOfAlert(alert, 1, { team: "payments", urgency: "high", ...defaultServiceSettings }, "evt_opened");

describe("the correlation key", () => {
  test("consists of service and dedup key, regardless of the severity", () => {
    expect(correlationKey(anAlert({ dedupKey: "a", severity: "low" }))).toBe(
      correlationKey(anAlert({ dedupKey: "a", severity: "critical" })),
    );
  });

  test("without a dedup key is that of service and severity", () => {
    expect(correlationKey(anAlert({ severity: "low" }))).not.toBe(
      correlationKey(anAlert({ severity: "critical" })),
    );
    expect(correlationKey(anAlert({ message: "a" }))).toBe(correlationKey(anAlert({ message: "b" })));
  });

  test("of different services and dedup keys differs, wherever they contain a #", () => {
    const text = fc.string({ unit: fc.constantFrom("a", "#", '"', ","), maxLength: 4 });
    const named = fc.record({ service: text, dedupKey: fc.option(text) });
    fc.assert(
      fc.property(named, named, (one, other) => {
        const same = one.service === other.service && one.dedupKey === other.dedupKey;
        expect(correlationKey(anAlert(one)) === correlationKey(anAlert(other))).toBe(same);
      }),
    );
  });
});

describe("an alert with a dedup key", () => {
  const alert = anAlert({ dedupKey: "a", receivedAt: monday + minutes(600) });

  test("joins the unresolved incident that its key led to, however old that is", () => {
    expect(joins(alert, anIncident(), windowMs)).toBe(true);
    expect(joins(alert, anIncident({ status: "acknowledged", severity: "low" }), windowMs)).toBe(true);
  });

  test("does not join a resolved one", () => {
    expect(joins(alert, anIncident({ status: "resolved" }), windowMs)).toBe(false);
  });
});

describe("an alert without a dedup key", () => {
  const at = (offset: number) => anAlert({ receivedAt: monday + offset });

  test.each([
    { offset: 0, expected: true },
    { offset: windowMs, expected: true },
    { offset: windowMs + 1, expected: false },
    { offset: -seconds(5), expected: true },
  ])("that comes $offset ms after the last one: it joins is $expected", ({ offset, expected }) => {
    expect(joins(at(offset), anIncident({ lastAlertAt: monday }), windowMs)).toBe(expected);
  });

  test("does not join an incident of another severity, a resolved one, or one without any alert", () => {
    expect(joins(at(0), anIncident({ severity: "low" }), windowMs)).toBe(false);
    expect(joins(at(0), anIncident({ status: "resolved" }), windowMs)).toBe(false);
    expect(joins(at(0), anIncident({ lastAlertAt: null }), windowMs)).toBe(false);
  });
});

describe("an incident that an alert opens", () => {
  const alert = anAlert({ message: "disk full", severity: "high", dedupKey: "disk", source: "zabbix" });

  test("says what the alert says, and carries its ulid", () => {
    expect(openedBy(alert)).toMatchObject({
      id: incidentIdOfAlert(alert.id),
      title: "[HIGH] checkout: disk full",
      status: "open",
      severity: "high",
      service: "checkout",
      team: "payments",
      dedupKey: "disk",
      source: "zabbix",
      createdAt: alert.receivedAt,
      alertCount: 0,
      pendingEvents: [{ id: "evt_opened", type: "opened", severity: "high", at: alert.receivedAt }],
    });
  });
});

describe("taking alerts into an incident", () => {
  const first = anAlert({ dedupKey: "a" });
  const opened = openedBy(first);
  const take = (alerts: readonly Alert[], into = opened) => addAlerts(into, alerts, windowMs, eventIds());

  test("counts each, the first as the one that opened it", () => {
    const second = anAlert({ dedupKey: "a", receivedAt: monday + seconds(1) });
    const { incident, recorded } = take([first, second]);
    expect(incident).toMatchObject({ alertCount: 2, lastAlertAt: second.receivedAt });
    expect(recorded.map(({ outcome, incidentId }) => ({ outcome, incidentId }))).toEqual([
      { outcome: "new_incident", incidentId: opened.id },
      { outcome: "existing_incident", incidentId: opened.id },
    ]);
  });

  test("that an earlier delivery counted changes nothing, and returns the same outcomes", () => {
    const alerts = [first, anAlert({ dedupKey: "a" })];
    const before = take(alerts);
    const again = take(alerts, before.incident);
    expect(again.incident).toBe(before.incident);
    expect(again.recorded).toEqual(before.recorded);
    expect(alerts.every((alert) => isCounted(alert, before.incident))).toBe(true);
  });

  test("that came in another batch before counts only what is new", () => {
    const [second, third] = [anAlert({ dedupKey: "a" }), anAlert({ dedupKey: "a" })];
    const before = take([first, second]);
    const { incident, recorded } = take([second, third], before.incident);
    expect(incident.alertCount).toBe(3);
    expect(recorded.map(({ id }) => id)).toEqual([second.id, third.id]);
    expect(isCounted(third, incident)).toBe(true);
  });

  test("stops at the first that belongs elsewhere: what follows a resolve", () => {
    const resolve = anAlert({ dedupKey: "a", action: "resolve" });
    const next = anAlert({ dedupKey: "a" });
    const { incident, recorded } = take([first, resolve, next]);
    expect(incident).toMatchObject({ status: "resolved", alertCount: 2, resolvedBy: resolve.source });
    expect(recorded.map(({ id }) => id)).toEqual([first.id, resolve.id]);
  });

  test("stops at one that comes after the window", () => {
    const keyless = anAlert();
    const late = anAlert({ receivedAt: monday + windowMs + 1 });
    const { recorded } = take([keyless, late], openedBy(keyless));
    expect(recorded.map(({ id }) => id)).toEqual([keyless.id]);
  });

  test("an acknowledging alert acknowledges, and a trigger after it leaves that so", () => {
    const acknowledge = anAlert({ dedupKey: "a", action: "acknowledge", source: "slack" });
    const { incident } = take([first, acknowledge, anAlert({ dedupKey: "a" })]);
    expect(incident).toMatchObject({ status: "acknowledged", acknowledgedBy: "slack", alertCount: 3 });
    expect(incident.pendingEvents.map(({ type }) => type)).toEqual(["opened", "acknowledged"]);
  });

  test("a worse severity raises it, a lesser one leaves it", () => {
    const low = anAlert({ dedupKey: "a", severity: "low" });
    const worse = anAlert({ dedupKey: "a", severity: "high" });
    const lesser = anAlert({ dedupKey: "a", severity: "medium" });
    const { incident } = take([low, worse, lesser], openedBy(low));
    expect(incident.severity).toBe("high");
    expect(incident.pendingEvents.map(({ type }) => type)).toEqual(["opened", "severity_changed"]);
  });

  test("triggers extend its links, and other alerts do not", () => {
    const alerts = ["trigger", "trigger", "acknowledge", "resolve"].map((action, n) =>
      anAlert({
        dedupKey: "a",
        action: action as Alert["action"],
        labels: { runbook_url: "https://example.com/", url: `https://example.com/${n}` },
      }),
    );
    const runbook = { text: "Service runbook", href: "https://example.com/service" };
    const { incident } = take(alerts, { ...openedBy(alerts[0] as Alert), links: [runbook] });
    expect(incident.links).toEqual([
      runbook,
      { text: "Runbook", href: "https://example.com/" },
      { text: "Link", href: "https://example.com/0" },
      { text: "Link", href: "https://example.com/1" },
    ]);
  });

  test("received earlier than the last does not turn its times back", () => {
    const late = anAlert({ dedupKey: "a", receivedAt: monday + minutes(1) });
    const early = anAlert({ dedupKey: "a", receivedAt: monday });
    const { incident } = take([late, early], openedBy(late));
    expect(incident).toMatchObject({ lastAlertAt: late.receivedAt, updatedAt: late.receivedAt });
  });
});
