import { describe, expect, test } from "vitest";
import { ada, anIncident, aRecordedAlert, bob, monday } from "../../../../tests/support/builders.ts";
import {
  open,
  shownIncident,
  signedIn,
  textOf,
  viewer,
  viewing,
} from "../../../../tests/support/functions/page-examples.tsx";
import { timelineOf } from "../../../domain/incidents/timeline.ts";
import type { Person } from "../../../domain/person.ts";
import type { Viewer } from "../../site/viewer.ts";
import { IncidentView } from "./view.tsx";

const { now } = viewing;
const policy = { kind: "policy" } as const;

describe("an incident", () => {
  const view = (
    fields: object,
    props: Partial<Parameters<typeof IncidentView>[0]> = {},
    who: Partial<Viewer> = {},
  ) => (
    <IncidentView
      {...viewing}
      {...shownIncident}
      viewer={{ ...viewer, ...who }}
      alerts={[]}
      timeline={[]}
      incident={anIncident(fields)}
      {...props}
    />
  );
  const next = {
    at: now + 250_000,
    step: { position: { level: 2, pass: 1 }, recipients: [{ ...bob, reason: policy }] },
  };

  test("counts down to who is paged next", () => {
    const text = textOf(view({ escalation: open.escalation }, { paging: { people: [], next } }));
    expect(text).toContain("Paged now No one yet Next Bob (level 2) in 4m ,");
    const left = view({}, { paging: { people: [], next: { ...next, step: null } } });
    expect(textOf(left)).toContain("Next The fallback address, because no level is left, in 4m");
    expect(textOf(view({}))).toContain("Next No one. The last level was paged.");
  });

  test("names the fallback address that is paged because no one is on call", () => {
    const recipients = [{ name: null, email: "ops@example.com", reason: policy }];
    const gap = { type: "coverage_gap", team: "payments", recipients } as const;
    const event = { id: "evt_1", incidentId: "inc_1", at: monday, actor: null, ...gap };
    expect(textOf(view({}, { timeline: timelineOf([event], [], []) }))).toContain(
      "Paged now ops@example.com (fallback) 12 minutes ago",
    );
  });

  test("says that no one is paged once it is acknowledged", () => {
    expect(textOf(view({ status: "acknowledged" }))).toContain("No one is being paged");
    expect(textOf(view({ status: "resolved" }))).not.toContain("paged");
  });

  test("has no response left when it is resolved, and one less when it is acknowledged", () => {
    expect(textOf(view({}))).toMatch(/Acknowledge .*Resolve/);
    expect(textOf(view({ status: "acknowledged" }))).not.toContain("Acknowledge ");
    expect(String(view({ status: "resolved" }))).not.toContain('name="response"');
  });

  test("shows the end of a snooze and of an acknowledgement, and the way back to open", () => {
    const snoozed = textOf(view({ status: "acknowledged", snoozedUntil: Date.UTC(2026, 10, 23, 12) }));
    expect(snoozed).toContain("Snoozed until Mon 12:00");
    expect(snoozed).toContain("because the incident is snoozed. It pages the person on call in");
    expect(snoozed).toMatch(/Acknowledge .*Resolve .*Unacknowledge/);
    const expiring = view({ status: "acknowledged", acknowledgementExpiresAt: now + 600_000 });
    expect(textOf(expiring)).toContain("If it is not resolved, it pages again in 10m ,");
    expect(textOf(view({}))).not.toContain("Unacknowledge");
    expect(textOf(view({ status: "resolved", resolvedAt: now }))).toContain("Reopen");
    expect(textOf(view({ status: "resolved", resolvedAt: now - 8 * 86_400_000 }))).not.toContain("Reopen");
    const merged = textOf(view({ status: "resolved", resolvedAt: now, mergedInto: "inc_2" }));
    expect(merged).not.toMatch(/Reopen|Move|Merge(?!d)/);
  });

  test("lists changes to its service, whose links lead to web addresses only", () => {
    const change = { id: "chg_1", service: "checkout", source: "ci", at: now - 180_000, details: {} };
    const links = [
      { href: "https://ci.example.com/7", text: null },
      { href: "javascript:alert(1)", text: "no" },
    ];
    const html = view({}, { changes: [{ ...change, summary: "Deployed 1.4", links }] });
    expect(textOf(html)).toContain("Recent changes 1 Deployed 1.4 ci Details ↗ 3 minutes ago");
    expect(String(html)).not.toContain("javascript:");
    expect(textOf(view({}, { changes: [] }))).not.toContain("Recent changes");
  });

  test("has no buttons for a read-only viewer", () => {
    expect(String(view({}, {}, { may: () => false }))).not.toContain("<button");
  });

  test("has the acknowledgement alone for those who were paged without a role in its team", () => {
    const recipients = [{ ...bob, reason: policy }];
    const gap = { type: "coverage_gap", team: "payments", recipients } as const;
    const event = { id: "evt_1", incidentId: "inc_1", at: monday, actor: null, ...gap };
    const timeline = timelineOf([event], [], []);
    const buttonsFor = (who: Person, fields = {}) =>
      String(view(fields, { timeline }, signedIn(who, [{ team: null, role: "viewer" }]))).match(/<button/g);
    expect(buttonsFor(bob)).toHaveLength(1);
    expect(buttonsFor(bob, { status: "acknowledged" })).toBeNull();
    expect(buttonsFor(ada)).toBeNull();
  });

  test("starts a silence with its latest alert, otherwise with its service", () => {
    const alerts = [aRecordedAlert({ id: "alt_2", action: "resolve" }), aRecordedAlert({ id: "alt_1" })];
    expect(String(view({}, { alerts }))).toContain('href="/alerts/silences/new?alert=alt_1"');
    expect(String(view({}))).toContain('href="/alerts/silences/new?service=checkout"');
  });

  test("groups equal alerts, and says how many more there are", () => {
    const alerts = Array.from({ length: 100 }, (_, n) =>
      aRecordedAlert({ id: `alt_${n}`, receivedAt: now - n * 1_000 }),
    );
    const html = String(view({ alertCount: 5_000 }, { alerts }));
    expect(html.match(/class="alert"/g)).toHaveLength(1);
    expect(textOf(html)).toContain("×100");
    expect(textOf(html)).toContain("Grouped from the latest 100 of 5000.");
    expect(html).toMatch(/<svg class="sparkline"[^>]*aria-label="100 alerts over time"/);
  });

  test("folds entries of its timeline after the latest 40", () => {
    const event = { incidentId: "inc_1", at: monday, actor: null, type: "acknowledged" } as const;
    const events = Array.from({ length: 60 }, (_, n) => ({ ...event, id: `evt_${n}` }));
    expect(textOf(view({}, { timeline: timelineOf(events, [], []) }))).toContain("Show 20 earlier");
  });

  test("shows a title that does not fit in full on demand", () => {
    expect(textOf(view({ title: "x".repeat(2_000) }))).toContain("Show full title");
    expect(textOf(view({ title: "Checkout is down" }))).not.toContain("Show full title");
  });
});
