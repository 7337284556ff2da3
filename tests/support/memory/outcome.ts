/** Outcome of a run that must be the same regardless of injected faults. */
import { expect } from "vitest";
import type { Incident } from "../../../shared/domain/incidents/incident.ts";
import type { IncidentEvent } from "../../../shared/domain/incidents/incident-event.ts";
import type { Notification } from "../../../shared/domain/notifications/notification.ts";
import type { Page, PageRequest } from "../../../shared/use-cases/ports/page.ts";
import { queueNames, type TestSystem } from "./system.ts";

async function readAll<T>(list: (page: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (let after: string | null = null; ; ) {
    const page: Page<T> = await list({ limit: 200, after });
    items.push(...page.items);
    if (page.next === null) return items.toReversed();
    after = page.next;
  }
}

/**
 * Returns alerts, incidents and webhook messages without parts that may differ: numbers, versions, and times
 * of delayed work.
 */
export async function outcomeOf({ seen }: TestSystem) {
  const alerts = await readAll((page) => seen.alerts.list({}, page));
  const incidents = await readAll((page) => seen.incidents.list({}, page));
  const { items: webhooks } = await seen.webhooks.list("checkout", { limit: 200, after: null });
  return {
    webhooks: webhooks.map(({ id, enabled }) => ({ id, enabled })),
    alerts: alerts.map(({ id, outcome, incidentId }) => ({ id, outcome, incidentId })),
    incidents: await Promise.all(
      incidents.map(async (incident) => {
        const { events, notes } = await seen.incidentEvents.history(incident.id);
        const { number: _, version: __, updatedAt: ___, countedAlerts: ____, ...rest } = incident;
        return {
          ...rest,
          events: events.map(summaryOf).toSorted(),
          notes: notes.map(({ content }) => content),
        };
      }),
    ),
  };
}

/** Summarizes an event. Escalations may be late. */
function summaryOf(event: IncidentEvent): string {
  switch (event.type) {
    case "paging":
      return `${placeOf(event)} at ${event.at}`;
    case "escalated":
      return event.manual ? `manual ${placeOf(event)} at ${event.at}` : placeOf(event);
    case "escalation_exhausted":
    case "coverage_gap":
      return event.type;
    default:
      return `${event.type} at ${event.at}`;
  }
}

type Paging = IncidentEvent & { type: "paging" | "escalated" };

function placeOf({ type, team, pass, level, recipients }: Paging): string {
  return `${type} ${team} ${pass}.${level} ${recipients.map(({ email }) => email).join()}`;
}

/** Returns pages by recipient, incident, round and level. */
export async function pagesOf({ seen }: TestSystem) {
  const notifications = await readAll((page) => seen.notifications.list({}, page));
  return notifications.map((page) => `${decisionOf(page)} ${page.status}`).toSorted();
}

function decisionOf({ incidentId, metadata, channel, recipient }: Notification): string {
  const { pass, level, event } = metadata;
  return `${incidentId} ${event ?? `${pass}.${level}`} ${channel} ${recipient}`;
}

/** Checks invariants at the end of every run. */
export async function expectSound(system: TestSystem): Promise<void> {
  const { seen } = system;
  for (const name of queueNames) {
    expect(system.queue(name).messages, `${name} waiting`).toEqual([]);
    expect(system.sqs.queue(`${name}-dlq`).messages, `${name} given up`).toEqual([]);
  }
  const incidents = await readAll((page) => seen.incidents.list({}, page));
  const alerts = await readAll((page) => seen.alerts.list({}, page));
  const notifications = await readAll((page) => seen.notifications.list({}, page));
  expect(new Set(incidents.map(({ number }) => number)).size).toBe(incidents.length);
  for (const incident of incidents) {
    const own = alerts.filter(({ incidentId }) => incidentId === incident.id);
    expect(incident.pendingEvents).toEqual([]);
    expect(incident.alertCount).toBe(own.length);
    expect(own.filter(({ outcome }) => outcome === "new_incident")).toHaveLength(
      incident.source === "manual" ? 0 : 1,
    );
    await expectDecided(system, incident, notifications);
  }
  expect(await seen.timers.due(Date.UTC(9_000, 0)), "timers left").toEqual([]);
  expect((await seen.suppressedAlerts.due(Date.UTC(9_000, 0), null)).items, "alerts held back").toEqual([]);
  for (const { id, status, attempts } of notifications) {
    const sent = system.pages.filter((page) => page.id === id).length;
    const inDoubt = attempts.filter(({ detail }) => detail.startsWith("in doubt")).length;
    if (status === "sent") {
      expect(attempts.filter(({ ok }) => ok)).toHaveLength(1);
      expect(sent).toBeGreaterThanOrEqual(1);
    }
    // A second call to the provider is only allowed if the result of the first was lost, which is recorded.
    expect(sent, `${id}: ${JSON.stringify(attempts)}`).toBeLessThanOrEqual(attempts.length);
    expect(sent - 1).toBeLessThanOrEqual(inDoubt + attempts.filter(({ ok }) => !ok).length);
  }
}

/**
 * Checks that each page was decided once and is in the timeline, and that each position of the policy was
 * reached once.
 */
async function expectDecided(
  { seen }: TestSystem,
  incident: Incident,
  notifications: readonly Notification[],
): Promise<void> {
  const { events } = await seen.incidentEvents.history(incident.id);
  const decided = events.flatMap((event): Pick<Paging, "pass" | "level" | "recipients">[] => {
    if (event.type === "paging" || event.type === "escalated") return [event];
    return event.type === "coverage_gap" ? [{ ...event, pass: 1, level: 0 }] : [];
  });
  const places = decided.map(({ pass, level }) => `${pass}.${level}`);
  expect(new Set(places).size, `places of ${places}`).toBe(places.length);
  const told = decided.flatMap(({ pass, level, recipients }) =>
    recipients.map(({ email }) => `${pass}.${level} ${email}`),
  );
  const own = notifications.filter(({ incidentId, kind }) => incidentId === incident.id && kind === "page");
  expect(new Set(own.map(decisionOf)).size, "notifications of one decision").toBe(own.length);
  const pages = [
    ...new Set(own.map(({ metadata, recipient }) => `${metadata.pass}.${metadata.level} ${recipient}`)),
  ];
  expect(told).toEqual(expect.arrayContaining(pages));
  // A page may only be missing if the incident was acknowledged.
  if (incident.status === "open") expect(pages.toSorted()).toEqual(told.toSorted());
}
