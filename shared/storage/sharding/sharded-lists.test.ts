import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  aNotification,
  anEvent,
  anIncident,
  aRecordedAlert,
  minutes,
  monday,
} from "../../../tests/support/builders.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { incidentStatuses } from "../../domain/incidents/incident.ts";
import type { Page, PageRequest } from "../../use-cases/ports/page.ts";
import { alertEntity, alertStore } from "../alerts/alert-store.ts";
import { incidentEventStore } from "../incidents/incident-event-store.ts";
import { incidentStore } from "../incidents/incident-store.ts";
import { keys } from "../keys.ts";
import { notificationStore } from "../notifications/notification-store.ts";
import type { Table } from "../table.ts";
import { hourAt, shardedHoursEntity, shardedHoursStore, withHour } from "./sharded-hours.ts";
import { shardedTable } from "./sharded-table.ts";
import { loads, partitionOf, shardOf } from "./shards.ts";

const hours = (count: number) => minutes(60 * count);

/** A table whose clock can be moved, and that counts its requests. */
function platform() {
  let now = monday;
  const nowMs = () => now;
  const stored = memoryTable(nowMs);
  const requests: string[] = [];
  const counting: Table = {
    ...stored,
    get: (key) => {
      requests.push(`get ${key.pk}`);
      return stored.get(key);
    },
    query: (range) => {
      requests.push(`query ${range.pk}`);
      return stored.query(range);
    },
    queryIndex: (index, range) => {
      requests.push(`query ${range.pk}`);
      return stored.queryIndex(index, range);
    },
  };
  return {
    stored,
    /** Table of another function, which has its own knowledge of the sharded hours. */
    table: () => shardedTable(counting, { sharding: true, nowMs }),
    requestsOf: async (run: () => Promise<unknown>) => {
      requests.length = 0;
      await run();
      return [...requests];
    },
    /** Makes an hour and the next one sharded. */
    shard: async (at: number) => {
      await shardedHoursStore(stored).begin(now);
      for (const load of loads) await shardedHoursStore(stored).add(load, hourAt(at), now);
    },
    wait: (ms: number) => {
      now += ms;
    },
    moveTo: (at: number) => {
      now = at;
    },
  };
}

const incidentId = "inc_01KAZ8N3YQ0000000000000000";
const alertsAt = (at: number, count: number) =>
  Array.from({ length: count }, (_, index) => aRecordedAlert({ receivedAt: at + index, incidentId }));

/** Stores items of one kind, and reads a list of them. */
interface Listed {
  readonly add: (table: Table, at: number) => Promise<string>;
  readonly list: (table: Table, page: PageRequest) => Promise<Page<{ readonly id: string }>>;
}

const addAlert: Listed["add"] = async (table, receivedAt) => {
  const alert = aRecordedAlert({ receivedAt, incidentId });
  await alertStore(table).record([alert]);
  return alert.id;
};
const addIncident: Listed["add"] = async (table, createdAt) => {
  const incident = anIncident({ createdAt });
  await incidentStore(table).create(incident, null);
  return incident.id;
};

const kinds: Readonly<Record<string, Listed>> = {
  alerts: { add: addAlert, list: (table, page) => alertStore(table).list({}, page) },
  "alerts of an incident": {
    add: addAlert,
    list: (table, page) => alertStore(table).list({ incidentId }, page),
  },
  incidents: { add: addIncident, list: (table, page) => incidentStore(table).list({}, page) },
  "open incidents": {
    add: addIncident,
    list: (table, page) => incidentStore(table).list({ status: "open" }, page),
  },
  "critical incidents": {
    add: addIncident,
    list: (table, page) => incidentStore(table).list({ severity: "critical" }, page),
  },
  notifications: {
    async add(table, createdAt) {
      const notification = aNotification({ createdAt });
      await notificationStore(table).create(notification);
      return notification.id;
    },
    list: (table, page) => notificationStore(table).list({}, page),
  },
  escalations: {
    async add(table, at) {
      const event = anEvent({
        ...{
          type: "escalated",
          team: "payments",
          reason: null,
          level: 1,
          pass: 1,
          recipients: [],
          nextAt: 0,
          manual: false,
        },
        at,
      });
      await incidentEventStore(table).appendEvents([event]);
      return event.id;
    },
    list: (table, page) => incidentEventStore(table).listEscalations({}, page),
  },
};

describe.each(Object.entries(kinds))("a list of %s", (_, { add, list }) => {
  const steps = fc.array(
    fc.record({
      count: fc.nat(12),
      pause: fc.constantFrom(0, minutes(1), minutes(50), hours(3)),
      writer: fc.nat(2),
      shards: fc.boolean(),
    }),
    { minLength: 1, maxLength: 8 },
  );

  test("has the pages of one without shards, while others arrive", () =>
    fc.assert(
      fc.asyncProperty(steps, steps, fc.integer({ min: 1, max: 15 }), async (before, during, limit) => {
        const { stored, table, shard, moveTo } = platform();
        // The first writer knows no shards, and others may not know of the latest yet.
        const writers = [stored, table(), table()];
        let at = monday;
        const known: string[] = [];
        const arrive = async ({ count, pause, writer, shards }: (typeof before)[number]) => {
          at += pause;
          moveTo(at);
          if (shards) await shard(at);
          for (let index = 0; index < count; index += 1) {
            at += 1;
            known.push(await add(writers[writer] ?? stored, at));
          }
        };
        for (const step of before) await arrive(step);
        const expected = known.toReversed();
        const reader = table();
        const listed: string[] = [];
        let after: string | null = null;
        for (let page = 0; page === 0 || after !== null; page += 1) {
          const { items, next } = await list(reader, { limit, after });
          expect(items.map(({ id }) => id)).toEqual(expected.slice(listed.length, listed.length + limit));
          listed.push(...items.map(({ id }) => id));
          after = next;
          const step = during[page];
          if (step) await arrive(step);
        }
        expect(listed).toEqual(expected);
      }),
      { numRuns: 40 },
    ));

  test("costs one query as long as the load is low, and knowing that it is", async () => {
    const { table, requestsOf, shard, moveTo } = platform();
    await shard(monday);
    moveTo(monday + hours(2));
    for (let index = 0; index < 20; index += 1) await add(table(), monday + hours(2) + index);
    const requests = await requestsOf(() => list(table(), { limit: 10, after: null }));
    expect(requests.filter((request) => request.startsWith("query"))).toHaveLength(1);
    // The items of an index are read after its entries.
    expect(requests.length).toBeLessThanOrEqual(3);
  });
});

describe("the alerts of a sharded hour", () => {
  test("cost a bounded number of small reads per page, however many there are", async () => {
    const { stored, table, requestsOf, shard } = platform();
    await shard(monday);
    let read = 0;
    const counting = {
      ...stored,
      query: async (range: Parameters<Table["query"]>[0]) => {
        const found = await stored.query(range);
        read += found.length;
        return found;
      },
    };
    await alertStore(table()).record(alertsAt(monday, 5_000));
    const page = { limit: 50, after: null };
    const reader = alertStore(shardedTable(counting, { sharding: true, nowMs: () => monday }));
    expect((await reader.list({}, page)).items).toHaveLength(50);
    expect(read).toBeLessThan(2 * 129 + 50);
    expect((await requestsOf(() => alertStore(table()).list({}, page))).length).toBeLessThan(1.2 * 129);
    expect((await requestsOf(() => alertStore(table()).list({ incidentId }, page))).length).toBeLessThan(30);
  });

  test.each([
    [false, 9],
    [true, 1_300],
  ])("take a bounded number of reads if none matches a filter (sharded: %s)", async (sharded, most) => {
    const { table, requestsOf, shard } = platform();
    if (sharded) await shard(monday);
    await alertStore(table()).record(alertsAt(monday, 1_000));
    const page = { limit: 7, after: null };
    const requests = await requestsOf(() => alertStore(table()).list({ service: "other" }, page));
    expect(requests.filter((request) => request.startsWith("query")).length).toBeLessThanOrEqual(most);
  });

  test("are in shards, found by ID and known as recorded", async () => {
    const { stored, table, shard } = platform();
    const [early] = alertsAt(monday, 1);
    await alertStore(table()).record([early ?? aRecordedAlert()]);
    await shard(monday);
    const late = aRecordedAlert();
    await alertStore(table()).record([late]);
    expect(await stored.get(keys.alert(late.id))).toBeUndefined();
    for (const { id } of [late, early ?? late])
      expect(await alertStore(table()).find(id)).toMatchObject({ id });
    const recorded = await alertStore(table()).recorded([late.id, early?.id ?? "", "alt_unknown"]);
    expect(new Set(recorded.keys())).toEqual(new Set([late.id, early?.id]));
  });

  test("are listed once if two functions recorded them, before and after knowing of the shards", async () => {
    const { table, shard } = platform();
    const [unaware, alerts] = [table(), alertsAt(monday, 30)];
    await alertStore(unaware).record([aRecordedAlert({ receivedAt: monday - 1 })]);
    await shard(monday);
    for (const writer of [unaware, table()]) await alertStore(writer).record(alerts);
    const { items } = await alertStore(table()).list({}, { limit: 30, after: null });
    expect(items.map(({ id }) => id)).toEqual(alerts.map(({ id }) => id).toReversed());
  });
});

describe("an hour", () => {
  const shardedAlerts = async (table: Table) => {
    const item = await table.get(keys.shardedHours());
    return item && shardedHoursEntity.parse(item).alerts;
  };

  test("gets shards when functions together write more than a partition accepts, and so does the next", async () => {
    const { stored, table, wait } = platform();
    const writers = Array.from({ length: 4 }, () => alertStore(table()));
    for (let second = 0; second < 10; second += 1) {
      await Promise.all(writers.map((writer) => writer.record(alertsAt(monday + second * 1_000, 100))));
      wait(1_000);
    }
    const hour = hourAt(monday);
    expect(await shardedAlerts(stored)).toEqual([[hour, hour + 2]]);
    // Known to all within ten seconds.
    wait(10_000);
    const [alert = aRecordedAlert()] = alertsAt(monday + 20_000, 1);
    await writers[0]?.record([alert]);
    expect(await stored.get(keys.alert(alert.id))).toBeUndefined();
  });

  test("has none at 200 alerts per second, and counting them costs 0.002 writes each", async () => {
    const { stored, table, wait } = platform();
    const writer = alertStore(table());
    for (let second = 0; second < 60; second += 1) {
      await writer.record(alertsAt(monday + second * 1_000, 200));
      wait(1_000);
    }
    expect(await shardedAlerts(stored)).toEqual([]);
    const counters = stored.all().filter(({ pk }) => pk.startsWith("SHARD_LOAD#"));
    expect(counters.reduce((sum, { count }) => sum + Number(count), 0)).toBe(60 * 200);
  });

  test("can get shards before any alert is stored", async () => {
    const { stored } = platform();
    await shardedHoursStore(stored).add("alerts", hourAt(monday), monday);
    // Earlier code may have put alerts into shards at any time until now.
    expect(await shardedAlerts(stored)).toEqual([[0, hourAt(monday) + 2]]);
  });

  test("of alerts that waited in the queue gets shards too", async () => {
    const { stored, table } = platform();
    const hour = hourAt(monday) - 30;
    await alertStore(table()).record(alertsAt(monday - hours(30), 3_000));
    expect(await shardedAlerts(stored)).toEqual([[hour, hour + 2]]);
  });
});

describe("sharded hours", () => {
  const ranges = fc.array(fc.nat(400), { maxLength: 120 });

  test("contain all that were added, in at most 50 ranges", () =>
    fc.assert(
      fc.property(ranges, (added) => {
        const found = added.reduce<[number, number][]>(
          (known, hour) => withHour(known, hour).map(([from, to]) => [from, to]),
          [],
        );
        expect(found.length).toBeLessThanOrEqual(50);
        for (const [index, [from]] of found.entries())
          expect(from).toBeGreaterThan(found[index - 1]?.[1] ?? -1);
        for (const hour of added)
          expect(found.some(([from, to]) => from <= hour && hour + 1 < to)).toBe(true);
      }),
    ));

  test("are read again before the first alert, by a function that wrote an incident before they were stored", async () => {
    const { stored, table } = platform();
    const [early, other] = [table(), table()];
    await incidentStore(early).create(anIncident(), null);
    const [first = aRecordedAlert(), second = aRecordedAlert()] = alertsAt(monday, 2);
    await alertStore(other).record([first]);
    await alertStore(early).record([second]);
    expect(await stored.get(keys.alert(second.id))).toBeDefined();
    const { items } = await alertStore(table()).list({}, { limit: 10, after: null });
    expect(items.map(({ id }) => id)).toEqual([second.id, first.id]);
  });

  test("are none at first, and those of all alerts if earlier code put some into shards", async () => {
    const { stored, table } = platform();
    const before = alertsAt(monday - hours(1), 300);
    // As written by earlier code with SHARDING=on: in every hour, and without a record of the hours.
    for (const alert of before) {
      const item = alertEntity.toItem(alert);
      await stored.put({ item: { ...item, pk: shardOf(item.pk, item, 128) } });
    }
    const expected = before.map(({ id }) => id).toReversed();
    const listed = async () => {
      const { items } = await alertStore(table()).list({}, { limit: 200, after: null });
      return items.map(({ id }) => id);
    };
    expect(await listed()).toEqual(expected.slice(0, 200));
    const [next = aRecordedAlert()] = alertsAt(monday + hours(5), 1);
    await alertStore(table()).record([next]);
    expect(await listed()).toEqual([next.id, ...expected.slice(0, 199)]);
    expect(await alertStore(table()).find(expected[0] ?? "")).toBeDefined();
  });
});

test("shards have the names of earlier releases", () => {
  expect(shardOf("ALERTS", keys.alert("alt_01KAZ8N3YQ0000000000000000"), 128)).toBe("ALERTS#32");
  expect(shardOf("TIMERS", keys.timer("inc_1", "escalation"), 8)).toBe("TIMERS#3");
});

test("partitions of shards are known, and other names that end with a number stay", () => {
  const names = ["ALERTS", "INCIDENTS", "NOTIFICATIONS", "TIMERS", `INCIDENT_ALERTS#${incidentId}`];
  for (const name of [...names, ...incidentStatuses.map((status) => `STATUS_INCIDENTS#${status}`)])
    expect(partitionOf(`${name}#7`)).toBe(name);
  for (const name of ["SERVICE_INCIDENTS#7", "INCIDENT_ALERTS#7", "SERVICE_INCIDENTS#shop#7"])
    expect(partitionOf(name)).toBe(name);
});
