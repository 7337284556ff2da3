import { describe, expect, test } from "vitest";
import { anEvent, anIncident, aRecordedAlert, minutes, monday } from "../../../tests/support/builders.ts";
import { type MemoryTable, memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { storeSuite } from "../../../tests/support/suites/store-suite.ts";
import { tableSuite } from "../../../tests/support/suites/table-suite.ts";
import { suppressedAlertStore } from "../alerts/suppressed-alert-store.ts";
import { incidentStore } from "../incidents/incident-store.ts";
import { timerStore } from "../incidents/timer-store.ts";
import { shardedHoursEntity } from "./sharded-hours.ts";
import { shardedTable } from "./sharded-table.ts";
import { partitionOf } from "./shards.ts";

const now = () => monday;

describe.each([
  ["off", false, []],
  ["on, at rest", true, []],
  ["on, with a high load in all hours", true, [[0, 1_000_000]] as const],
] as const)("a table with sharding %s", (_, sharding, ranges) => {
  const make = async (nowMs: () => number) => {
    const stored = memoryTable(nowMs);
    const hours = { alerts: ranges, incidents: ranges, notifications: ranges, version: 1 };
    if (ranges.length > 0) await stored.put({ item: shardedHoursEntity.toItem(hours) });
    return shardedTable(stored, { sharding, nowMs });
  };
  tableSuite(make, { propertyRuns: 50 });
  storeSuite(make);
});

/** A table, and its views by the releases and settings that may write to it. */
function views() {
  const stored = memoryTable(now);
  const plain = shardedTable(stored, { sharding: false, nowMs: now });
  return { stored, earlier: stored, plain, sharded: shardedTable(stored, { sharding: true, nowMs: now }) };
}

const partitionsOf = (stored: MemoryTable, name: "gsi6pk") =>
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
        ...{ key, alert: { ...aRecordedAlert(), suppressedAs: key }, earlierIds: [], by, version: 0 },
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
