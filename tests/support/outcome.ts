/** What a run has led to, as far as it must be the same whatever went wrong on the way. */
import { expect } from "vitest";
import type { Page, PageRequest } from "../../shared/use-cases/ports.ts";
import { queueNames, type World } from "./world.ts";

async function readAll<T>(list: (page: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (let after: string | null = null; ; ) {
    const page: Page<T> = await list({ limit: 200, after });
    items.push(...page.items);
    if (page.next === null) return items.toReversed();
    after = page.next;
  }
}

/** Alerts and incidents without what may differ: numbers, versions, and the times of late work. */
export async function outcomeOf({ seen }: World) {
  const alerts = await readAll((page) => seen.alerts.list({}, page));
  const incidents = await readAll((page) => seen.incidents.list({}, page));
  return {
    alerts: alerts.map(({ id, outcome, incidentId }) => ({ id, outcome, incidentId })),
    incidents: await Promise.all(
      incidents.map(async (incident) => {
        const { events, notes } = await seen.incidents.history(incident.id);
        const { number: _, version: __, updatedAt: ___, countedAlerts: ____, ...rest } = incident;
        return {
          ...rest,
          events: events.map(({ type, at }) => `${type} at ${at}`).toSorted(),
          notes: notes.map(({ content }) => content),
        };
      }),
    ),
  };
}

/** Who was paged about what. */
export async function pagesOf({ seen }: World) {
  const notifications = await readAll((page) => seen.notifications.list({}, page));
  return notifications
    .map(({ incidentId, recipient, status }) => `${incidentId} ${recipient} ${status}`)
    .toSorted();
}

/** What must hold at the end of every run. */
export async function expectSound(world: World): Promise<void> {
  const { seen } = world;
  for (const name of queueNames) {
    expect(world.queue(name).messages, `${name} waiting`).toEqual([]);
    expect(world.queue(name).dead, `${name} given up`).toEqual([]);
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
    const decided = notifications.filter(({ incidentId }) => incidentId === incident.id);
    expect(decided.length, "one decision to page an incident").toBeLessThanOrEqual(1);
  }
  for (const { id, status, attempts } of notifications) {
    const sent = world.pages.filter((page) => page.id === id).length;
    const inDoubt = attempts.filter(({ detail }) => detail.startsWith("in doubt")).length;
    if (status === "sent") {
      expect(attempts.filter(({ ok }) => ok)).toHaveLength(1);
      expect(sent).toBeGreaterThanOrEqual(1);
    }
    // Whoever was called more than once was called again only because a result was lost, and that is on record.
    expect(sent, `${id}: ${JSON.stringify(attempts)}`).toBeLessThanOrEqual(attempts.length);
    expect(sent - 1).toBeLessThanOrEqual(inDoubt + attempts.filter(({ ok }) => !ok).length);
  }
}
