/** Two of a kind at once, their calls to the table interleaved in every way that a scheduler thinks of. */
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  ada,
  aNotification,
  anAlert,
  anIncident,
  bob,
  days,
  minutes,
  monday,
} from "../../../tests/support/builders.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { type TestSystem, testSystem } from "../../../tests/support/memory/system.ts";
import type { Table } from "../../storage/table.ts";
import { correlateAlerts } from "../alerts/correlate-alerts.ts";
import { deliverNotification } from "../notifications/deliver-notification.ts";
import { changeIncident } from "./change-incident.ts";
import { mergeIncident } from "./lifecycle/merge-incident.ts";
import { reopenIncident } from "./lifecycle/reopen-incident.ts";

// Retries wait for no real time, and end as early on a busy machine.
beforeAll(() => {
  vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] });
  vi.setTimerTickMode("nextTimerAsync");
});
afterAll(() => void vi.useRealTimers());

const everything = { limit: 200, after: null };

/** A system in which each call to the table waits for its turn. */
function interleavedSystem(scheduler: fc.Scheduler): TestSystem {
  const table = memoryTable(() => monday);
  const inTurn =
    <A extends unknown[], R>(method: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      await scheduler.schedule(Promise.resolve());
      return method(...args);
    };
  const turning: Table = {
    get: inTurn(table.get),
    getAll: inTurn(table.getAll),
    put: inTurn(table.put),
    putAll: inTurn(table.putAll),
    transact: inTurn(table.transact),
    remove: inTurn(table.remove),
    increment: inTurn(table.increment),
    query: inTurn(table.query),
    queryIndex: inTurn(table.queryIndex),
  };
  return testSystem({ table: turning });
}

/** Runs what is started, call by call, to its end. */
async function together<T>(
  scheduler: fc.Scheduler,
  started: Promise<T>[],
): Promise<PromiseSettledResult<T>[]> {
  const all = Promise.allSettled(started);
  await scheduler.waitFor(all);
  return all;
}

const alone = <T>(scheduler: fc.Scheduler, started: Promise<T>): Promise<T> => scheduler.waitFor(started);

test("one delivery handled twice at once counts each alert once, in one incident", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const system = interleavedSystem(scheduler);
      const alerts = [anAlert({ dedupKey: "a" }), anAlert({ dedupKey: "a", severity: "low" })];
      const results = await together(scheduler, [
        correlateAlerts(system.deps, alerts, false),
        correlateAlerts(system.deps, alerts, true),
      ]);
      expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled"]);
      const incidents = await alone(scheduler, system.seen.incidents.list({}, everything));
      expect(incidents.items).toMatchObject([{ alertCount: 2 }]);
    }),
    { numRuns: 300 },
  );
});

test("one message delivered twice at once reaches the provider once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const system = interleavedSystem(scheduler);
      const notification = aNotification();
      await alone(scheduler, system.deps.notifications.create(notification));
      await together(scheduler, [
        deliverNotification(system.deps, notification.id),
        deliverNotification(system.deps, notification.id),
      ]);
      expect(system.pages).toHaveLength(1);
      const stored = await alone(scheduler, system.seen.notifications.find(notification.id));
      expect(stored).toMatchObject({ status: "sent", attempts: [{ ok: true }] });
    }),
    { numRuns: 300 },
  );
});

test("concurrent changes are all made, each published once", async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const system = interleavedSystem(scheduler);
      const { id } = await alone(scheduler, system.deps.incidents.create(anIncident(), null));
      const change = (command: Parameters<typeof changeIncident>[2]["commands"][number], note: string) =>
        changeIncident(system.deps, id, { commands: [command], note, actor: command.actor }, monday);
      const results = await together(scheduler, [
        change({ type: "move", to: "acknowledged", actor: ada.email }, "a"),
        change({ type: "assign", to: bob, actor: bob.email }, "b"),
        change({ type: "change_severity", to: "low", actor: null }, "c"),
      ]);
      expect(results.map(({ status }) => status)).toEqual(["fulfilled", "fulfilled", "fulfilled"]);
      const incident = await alone(scheduler, system.seen.incidents.find(id));
      expect(incident).toMatchObject({
        status: "acknowledged",
        assignedTo: bob,
        severity: "low",
        version: 3,
      });
      const { events, notes } = await alone(scheduler, system.seen.incidentEvents.history(id));
      const pending = (incident?.pendingEvents ?? []).filter(
        (event) => !events.some((published) => published.id === event.id),
      );
      expect([...events, ...pending].map(({ type }) => type).toSorted()).toEqual([
        "acknowledged",
        "assigned",
        "severity_changed",
      ]);
      expect(notes.map(({ content }) => content).toSorted()).toEqual(["a", "b", "c"]);
    }),
    { numRuns: 200 },
  );
});

describe("while an alert opens an incident with the key of a resolved one", () => {
  const keyed = { dedupKey: "a" };
  const byAda = { note: null, actor: ada.email };

  /** Stores a resolved incident, lets an alert with its key and a person act at once, and returns unresolved ones. */
  async function unresolvedAfter(
    scheduler: fc.Scheduler,
    resolvedMs: number,
    act: (system: TestSystem, id: string) => Promise<unknown>,
  ) {
    const system = interleavedSystem(scheduler);
    const first = anAlert({ ...keyed, receivedAt: monday - resolvedMs });
    await alone(scheduler, correlateAlerts(system.deps, [first], false));
    const [resolved] = (await alone(scheduler, system.seen.incidents.list({}, everything))).items;
    const id = resolved?.id ?? "";
    const resolution = [{ type: "move", to: "resolved", actor: ada.email }] as const;
    await alone(
      scheduler,
      changeIncident(system.deps, id, { ...byAda, commands: resolution }, monday - resolvedMs),
    );
    const [correlated] = await together<unknown>(scheduler, [
      correlateAlerts(system.deps, [anAlert(keyed)], false),
      act(system, id),
    ]);
    expect(correlated?.status).toBe("fulfilled");
    const next = anAlert({ ...keyed, receivedAt: monday + 1 });
    await alone(scheduler, correlateAlerts(system.deps, [next], false));
    const { items } = await alone(scheduler, system.seen.incidents.list({}, everything));
    return items.filter(({ status }) => status !== "resolved");
  }

  test.each([{ resolvedMs: minutes(10) }, { resolvedMs: days(2) }])(
    "and a person reopens that one, resolved $resolvedMs ms ago, one of them is open",
    async ({ resolvedMs }) => {
      await fc.assert(
        fc.asyncProperty(fc.scheduler(), async (scheduler) => {
          const unresolved = await unresolvedAfter(scheduler, resolvedMs, (system, id) =>
            reopenIncident(system.deps, id, byAda, monday),
          );
          expect(unresolved).toHaveLength(1);
          expect(unresolved[0]?.alertCount).toBeGreaterThanOrEqual(2);
        }),
        { numRuns: 200 },
      );
    },
  );

  test("and a person merges that one into another, either the other takes the alert or they learn of it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        let isMerged = false;
        const unresolved = await unresolvedAfter(scheduler, minutes(10), async (system, id) => {
          const target = await system.deps.incidents.create(anIncident({ number: 99 }), null);
          await mergeIncident(system.deps, id, { ...byAda, into: target.id }, monday);
          isMerged = true;
        });
        expect(unresolved).toHaveLength(isMerged ? 1 : 2);
      }),
      { numRuns: 200 },
    );
  });
});
