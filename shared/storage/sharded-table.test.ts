import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anEvent, anIncident, aRecordedAlert, minutes, monday } from "../../tests/support/builders.ts";
import { type MemoryTable, memoryTable } from "../../tests/support/memory/memory-table.ts";
import { storeSuite } from "../../tests/support/suites/store-suite.ts";
import { tableSuite } from "../../tests/support/suites/table-suite.ts";
import { alertStore } from "./alerts/alert-store.ts";
import { suppressedAlertStore } from "./alerts/suppressed-alert-store.ts";
import { incidentStore } from "./incidents/incident-store.ts";
import { timerStore } from "./incidents/timer-store.ts";
import { shardedTable } from "./sharded-table.ts";
import { partitionOf } from "./shards.ts";

const now = () => monday;

describe.each([false, true])("a table with sharding: %s", (sharding) => {
  const make = async (nowMs: () => number) => shardedTable(memoryTable(nowMs), { sharding });
  tableSuite(make, { propertyRuns: 50 });
  storeSuite(make);
});

/** A table, and its views by the releases and settings that may write to it. */
function views() {
  const stored = memoryTable(now);
  const plain = shardedTable(stored, { sharding: false });
  return { stored, earlier: stored, plain, sharded: shardedTable(stored, { sharding: true }) };
}

const partitionsOf = (stored: MemoryTable, name: "pk" | "gsi6pk") =>
  new Set(stored.all().flatMap((item) => (item[name] === undefined ? [] : [String(item[name])])));

describe("sweeps", () => {
  const timers = Array.from({ length: 40 }, (_, index) => ({
    incidentId: `inc_${index}`,
    kind: "escalation" as const,
    level: 1,
    pass: 1,
    dueAt: monday - minutes(index),
  }));

  test("find timers, the longest due first, whoever wrote them and whether sharding is on", async () => {
    const { stored, earlier, plain, sharded } = views();
    for (const [index, timer] of timers.entries())
      await timerStore(([earlier, plain, sharded] as const)[index % 3] ?? earlier).put(timer);
    expect(partitionsOf(stored, "gsi6pk").size).toBeGreaterThan(5);
    expect([...partitionsOf(stored, "gsi6pk")].map(partitionOf)).toEqual(expect.arrayContaining(["TIMERS"]));
    for (const reader of [plain, sharded])
      expect(await timerStore(reader).due(monday)).toEqual(timers.toReversed());
  });

  test("leave items where releases without shards find them, unless sharding is on", async () => {
    const { earlier, plain } = views();
    for (const timer of timers) await timerStore(plain).put(timer);
    await incidentStore(plain).create(anIncident({ pendingEvents: [anEvent()] }), null);
    expect(await timerStore(earlier).due(monday)).toEqual(timers.toReversed());
    expect((await incidentStore(earlier).listWithPendingEvents(null)).items).toHaveLength(1);
  });

  test("find an item once after it moved to its shard", async () => {
    const { stored, earlier, sharded } = views();
    const incident = anIncident({ pendingEvents: [anEvent()] });
    await incidentStore(earlier).create(incident, null);
    await incidentStore(sharded).save({ ...incident, title: "moved" });
    const { items } = await incidentStore(sharded).listWithPendingEvents(null);
    expect(items.map(({ title }) => title)).toEqual(["moved"]);
    expect([...partitionsOf(stored, "gsi6pk")]).toEqual([expect.stringMatching(/^PENDING_EVENTS#\d$/)]);
  });

  test("read one page after the other across shards", async () => {
    const { earlier, sharded } = views();
    const by = { kind: "silence", id: "sil_1" } as const;
    const keys = Array.from({ length: 450 }, (_, index) => `key ${index}`);
    for (const [index, key] of keys.entries())
      await suppressedAlertStore(index % 5 === 0 ? earlier : sharded).put({
        ...{ key, alert: { ...aRecordedAlert(), suppressedAs: key }, by, version: 0 },
        dueAt: monday - minutes(index % 7),
      });
    const found: string[] = [];
    let pages = 0;
    for (let after: string | null = null; pages === 0 || after !== null; pages += 1) {
      const { items, next } = await suppressedAlertStore(sharded).due(monday, after);
      found.push(...items.map(({ key }) => key));
      after = next;
    }
    expect(pages).toBeGreaterThan(1);
    expect(found.toSorted()).toEqual(keys.toSorted());
  });
});

describe("alerts", () => {
  test("are found by ID and known as recorded, from before and after sharding", async () => {
    const { stored, earlier, sharded } = views();
    const [before, after] = [aRecordedAlert(), aRecordedAlert()];
    await alertStore(earlier).record([before]);
    await alertStore(sharded).record([after]);
    expect([...partitionsOf(stored, "pk")]).toEqual(
      expect.arrayContaining(["ALERTS", expect.stringMatching(/^ALERTS#\d+$/)]),
    );
    const alerts = alertStore(sharded);
    expect([await alerts.find(before.id), await alerts.find(after.id)]).toEqual([before, after]);
    const recorded = await alerts.recorded([after.id, before.id, "alt_unknown"]);
    expect(new Set(recorded.keys())).toEqual(new Set([before.id, after.id]));
  });

  /** Alerts in order of their times, and the number of them that arrive before each page. */
  const lists = fc.record({
    early: fc.nat(30),
    arrivals: fc.array(fc.nat(20), { minLength: 1, maxLength: 6 }),
    limit: fc.integer({ min: 1, max: 25 }),
  });

  test("are listed newest first, each once, while others arrive", () =>
    fc.assert(
      fc.asyncProperty(lists, async ({ early, arrivals, limit }) => {
        const { earlier, sharded } = views();
        let at = monday;
        const arrive = async (table: typeof sharded, count: number) => {
          const alerts = Array.from({ length: count }, (_, index) =>
            aRecordedAlert({ receivedAt: at + index }),
          );
          at += count;
          await alertStore(table).record(alerts);
          return alerts.map(({ id }) => id);
        };
        const old = await arrive(earlier, early);
        const known = [...old, ...(await arrive(sharded, arrivals[0] ?? 0))].toSorted().toReversed();
        const listed: string[] = [];
        let after: string | null = null;
        for (let page = 1; page === 1 || after !== null; page += 1) {
          const { items, next } = await alertStore(sharded).list({}, { limit, after });
          expect(items.length).toBe(Math.min(limit, known.length - listed.length));
          listed.push(...items.map(({ id }) => id));
          after = next;
          await arrive(sharded, arrivals[page] ?? 0);
        }
        expect(listed).toEqual(known);
      }),
    ));

  test("cost as many reads per page however many there are", async () => {
    const reads = async (count: number) => {
      const stored = memoryTable(now);
      let items = 0;
      const counting = {
        ...stored,
        query: async (range: Parameters<typeof stored.query>[0]) => {
          const found = await stored.query(range);
          items += found.length;
          return found;
        },
      };
      const alerts = alertStore(shardedTable(counting, { sharding: true }));
      for (let from = 0; from < count; from += 100)
        await alerts.record(
          Array.from({ length: 100 }, (_, index) => aRecordedAlert({ receivedAt: monday + from + index })),
        );
      await alerts.list({}, { limit: 50, after: null });
      return items;
    };
    expect(await reads(5_000)).toBeLessThan(2 * 129 + 150);
  });
});
