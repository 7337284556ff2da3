import { describe, expect, test } from "vitest";
import { Unavailable } from "../../../shared/domain/errors.ts";
import { incidentStatuses } from "../../../shared/domain/incidents/incident.ts";
import { tally } from "../../../shared/domain/incidents/stats.ts";
import { limits } from "../../../shared/domain/limits.ts";
import { alertEntity } from "../../../shared/storage/alerts/alert-store.ts";
import { statsStore } from "../../../shared/storage/incidents/stats-store.ts";
import { keys } from "../../../shared/storage/keys.ts";
import { notificationStore } from "../../../shared/storage/notifications/notification-store.ts";
import { hourAt, shardedHoursStore } from "../../../shared/storage/sharding/sharded-hours.ts";
import { shardedTable } from "../../../shared/storage/sharding/sharded-table.ts";
import {
  isOfSharding,
  loads,
  partitionOf,
  shardOf,
  withoutShards,
} from "../../../shared/storage/sharding/shards.ts";
import type { Item, Table } from "../../../shared/storage/table.ts";
import type { DueNotification } from "../../../shared/use-cases/ports/notifications.ts";
import {
  aNotification,
  aRecordedAlert,
  days,
  minutes,
  monday,
  seconds,
} from "../../../tests/support/builders.ts";
import { fill } from "../../../tests/support/memory/filled-table.ts";
import { type MemoryTable, memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { exportText } from "./format.ts";
import { type ImportDeps, importFile } from "./import.ts";
import { kindNames, kindOfItem } from "./kinds.ts";

const clock = () => monday;

async function* inPages(items: readonly Item[]): AsyncGenerator<Item[]> {
  for (let from = 0; from < items.length; from += 7) yield items.slice(from, from + 7);
}

async function textOf(items: readonly Item[]): Promise<string> {
  let text = "";
  const options = { stage: "local", now: monday, written: () => {} };
  for await (const piece of exportText(inPages(items), options)) text += piece;
  return text;
}

async function filled(): Promise<MemoryTable> {
  const table = memoryTable(clock);
  await fill(table);
  return table;
}

/** An empty platform, and what an import does to it; `table` may be one that fails. */
function platform(options: { table?: (table: MemoryTable) => Table; stored?: MemoryTable } = {}) {
  const stored = options.stored ?? memoryTable(clock);
  const queued: DueNotification[] = [];
  const pauses: number[] = [];
  const deps: ImportDeps = {
    table: options.table?.(stored) ?? stored,
    pages: () => inPages(stored.all()),
    notificationQueue: { send: async (notifications) => void queued.push(...notifications) },
    clock,
    pause: async (ms) => void pauses.push(ms),
    done: () => {},
  };
  return {
    deps,
    stored,
    queued,
    pauses,
    /** In pieces of an odd size, which end anywhere. */
    import: (text: string) =>
      importFile(deps, {
        name: "export.jsonl",
        async *open() {
          for (let from = 0; from < text.length; from += 1_009) yield text.slice(from, from + 1_009);
        },
      }),
  };
}

/** Runs `before` ahead of every write. */
function watched(table: Table, before: (items: readonly Item[]) => void): Table {
  return {
    ...table,
    put: async (put) => {
      before([put.item]);
      return table.put(put);
    },
    putAll: async (items) => {
      before(items);
      return table.putAll(items);
    },
    remove: async (key, condition) => {
      before([]);
      return table.remove(key, condition);
    },
  };
}

const linesOf = (text: string): string[] => text.split("\n").slice(0, -1);
const textFrom = (lines: readonly string[]): string => lines.map((line) => `${line}\n`).join("");

const partitionNames = (item: Item): string[] =>
  Object.entries(item).flatMap(([name, value]) => (/^(gsi\d)?pk$/.test(name) ? [String(value)] : []));

describe("an export", () => {
  test("imported into an empty platform is that platform, item by item", async () => {
    const table = await filled();
    const other = platform();
    const { items } = await other.import(await textOf(table.all()));
    expect(items).toBe(table.all().length);
    expect(other.stored.all()).toEqual(table.all());
  });

  test("is tried with every kind of item that there is", async () => {
    const seen = new Set((await filled()).all().map((item) => kindOfItem(item)?.name));
    expect([...seen].toSorted()).toEqual(kindNames.toSorted());
  });

  test("of a platform with shards is that of one without", async () => {
    const stored = memoryTable(clock);
    const hours = shardedHoursStore(stored);
    await hours.begin(monday);
    for (const load of loads) await hours.add(load, hourAt(monday), monday);
    await stored.increment(keys.shardLoad("alerts", 1, 1));
    await fill(shardedTable(stored, { sharding: true, nowMs: clock }));
    const items = stored.all().filter((item) => !isOfSharding(item));
    const shards = items.flatMap((item) => partitionNames(item).filter((pk) => partitionOf(pk) !== pk));
    expect(new Set(shards.map(partitionOf))).toEqual(
      new Set([
        ...["ALERTS", "INCIDENTS", ...incidentStatuses.map((status) => `STATUS_INCIDENTS#${status}`)],
        ...["SEVERITY_INCIDENTS#critical", "NOTIFICATIONS", "ESCALATIONS", "TIMERS", "PENDING_EVENTS"],
        ...["HELD_ALERTS", "HEARTBEATS_TO_WATCH", expect.stringMatching(/^INCIDENT_ALERTS#/)],
      ]),
    );
    const text = await textOf(stored.all());
    expect(await textOf(items.map(withoutShards))).toBe(text);
    for (const shard of shards) expect(text).not.toContain(`"${shard}"`);
    const other = platform();
    await other.import(text);
    const sorted = (all: readonly Item[]) => all.map((item) => JSON.stringify(item)).toSorted();
    expect(sorted(other.stored.all())).toEqual(sorted(items.map(withoutShards)));
  });

  test("of earlier code, with shards, is imported without them", async () => {
    const table = await filled();
    const text = await textOf(table.all());
    const other = platform();
    await other.import(text.replaceAll('"ALERTS"', '"ALERTS#7"').replaceAll('"TIMERS"', '"TIMERS#7"'));
    expect(other.stored.all()).toEqual(table.all());
  });

  test("with an alert in a shard and beside it is imported with one", async () => {
    const stored = memoryTable(clock);
    const item = alertEntity.toItem(aRecordedAlert());
    await stored.putAll([item, { ...item, pk: shardOf(item.pk, item, 128) }]);
    const other = platform();
    await other.import(await textOf(stored.all()));
    expect(other.stored.all()).toEqual([JSON.parse(JSON.stringify(item))]);
  });

  test("leaves behind what has expired", async () => {
    const table = await filled();
    const expired = { ...keys.correlation("old"), incidentId: "inc_1", expiresAt: monday / 1_000 };
    await table.put({ item: expired });
    const text = await textOf(table.all());
    expect(linesOf(text)).toHaveLength(table.all().length - 1 + 2);
    expect(text).not.toContain(expired.pk);
  });

  test("of nothing is imported as nothing", async () => {
    const other = platform();
    await other.import(await textOf([]));
    expect(other.stored.all()).toEqual([]);
  });
});

describe("items of earlier releases", () => {
  const lesserTally = '{"byStatus":{},"bySeverity":{},"byService":{},"mttaSeconds":[],"mttrSeconds":[]}';
  const old: Item[] = [
    {
      ...keys.notification("ntf_old"),
      gsi1pk: "NOTIFICATIONS",
      gsi2pk: "INCIDENT_NOTIFICATIONS#inc_1",
      gsi3pk: "RECIPIENT_NOTIFICATIONS#ada@example.com",
      gsisk: `${new Date(monday).toISOString()}#ntf_old`,
      id: "ntf_old",
      incidentId: "inc_1",
      channel: "email",
      recipient: "ada@example.com",
      message: "#1 down",
      severity: "critical",
      metadata: "{}",
      status: "sent",
      attempts: [{ at: monday, ok: true, detail: "accepted" }],
      createdAt: monday,
      sentAt: monday,
      claimedUntil: null,
      version: 3,
      expiresAt: (monday + days(3)) / 1_000,
      entity: "notification",
      schemaVersion: 1,
    },
    {
      ...keys.escalation("inc_1"),
      policy: { rules: [], repeat: 3 },
      entity: "escalation",
      schemaVersion: 1,
    },
    {
      ...keys.statsOfDay("2026-11-20"),
      tally: lesserTally,
      entity: "stats",
      schemaVersion: 1,
    },
  ];

  test("lack what was added to their lists since", async () => {
    const table = memoryTable(clock);
    await fill(table);
    const routing = await table.get(keys.routing());
    const earlier = String(routing?.history).replaceAll(/"urgency":(null|"[a-z_]+"),/g, "");
    expect(earlier).not.toBe(routing?.history);
    const other = platform();
    await other.import(await textOf([{ ...keys.routing(), ...routing, history: earlier }]));
    expect(await other.stored.get(keys.routing())).toMatchObject({
      history: expect.stringContaining('"urgency":null'),
    });
  });

  test("are imported as if this one had written them, and expire when they would have", async () => {
    const other = platform();
    await other.import(await textOf(old));
    expect(await other.stored.get(keys.notification("ntf_old"))).toMatchObject({
      kind: "page",
      address: "ada@example.com",
      expiresAt: old[0]?.expiresAt,
      schemaVersion: 2,
    });
    const read = await notificationStore(other.stored).find("ntf_old");
    expect(read?.attempts).toEqual([{ at: monday, ok: true, outcome: "sent", detail: "accepted", hash: "" }]);
    expect(await other.stored.get(keys.escalation("inc_1"))).toMatchObject({
      incidentId: "inc_1",
      schemaVersion: 2,
    });
    expect(await other.stored.get(keys.statsOfDay("2026-11-20"))).toMatchObject({
      day: "2026-11-20",
      tally: lesserTally,
      schemaVersion: 2,
    });
  });
});

describe("a file with a fault", () => {
  const swap = (pattern: RegExp, replacement: string) => (lines: string[]) =>
    lines.map((line) => line.replace(pattern, replacement));

  test.each([
    { fault: "no header", change: (lines: string[]) => lines.slice(1), says: /line 1: it is not the header/ },
    {
      fault: "of a later format",
      change: swap(/"version":1,"time"/, '"version":2,"time"'),
      says: /line 1: .* format 2,/,
    },
    {
      fault: "a time that is none",
      change: swap(/"time":"[^"]*"/, '"time":"today"'),
      says: /line 1: time: /,
    },
    {
      fault: "no JSON",
      change: (lines: string[]) => lines.toSpliced(4, 1, "{"),
      says: /line 5: it is not JSON/,
    },
    {
      fault: "an empty line",
      change: (lines: string[]) => lines.toSpliced(4, 0, ""),
      says: /line 5: it is not JSON/,
    },
    {
      fault: "no item",
      change: (lines: string[]) => lines.toSpliced(4, 1, "[1]"),
      says: /line 5: it is not an item/,
    },
    {
      fault: "an unknown kind",
      change: swap(/"entity":"note"/, '"entity":"poem"'),
      says: /line \d+: INCIDENT#\S+ NOTE#\S+ has a kind that this release does not know/,
    },
    {
      fault: "a later version",
      change: swap(/("entity":"note","schemaVersion":)1/, "$19"),
      says: /line \d+: INCIDENT#.* is note of version 9, but this release supports versions up to 1/,
    },
    {
      fault: "something missing",
      change: swap(/,"author":"ada@example.com"/, ""),
      says: /line \d+: INCIDENT#.* is not a valid note: author: /,
    },
    {
      fault: "something that nothing reads",
      change: swap(/"entity":"note"/, '"mood":"good","entity":"note"'),
      says: /line \d+: INCIDENT#.* is not a valid note: its version does not allow these values of mood/,
    },
    {
      fault: "an unknown field of a strict entity",
      change: swap(/"sk":"CORRELATION"/, '"mood":"good","sk":"CORRELATION"'),
      says: /is not a valid correlation: mood: is not a known field/,
    },
    {
      fault: "another's key",
      change: swap(/"pk":"SERVICE#/, '"pk":"SERVICE#x'),
      says: /is not a valid service: its version does not allow these values of pk/,
    },
    {
      fault: "a counter that counts nothing",
      change: swap(/"count":5/, '"count":"5"'),
      says: /a valid counter: count: /,
    },
    {
      fault: "cut off between lines",
      change: (lines: string[]) => lines.slice(0, -1),
      says: /is truncated after line \d+\.$/,
    },
    {
      fault: "a line lost",
      change: (lines: string[]) => lines.toSpliced(4, 1),
      says: /it counts \d+ items, but there are \d+/,
    },
    {
      fault: "two of them in one",
      change: (lines: string[]) => [...lines, ...lines],
      says: /it is after the end of the export/,
    },
  ])("($fault) is refused, and nothing is changed", async ({ change, says }) => {
    const lines = linesOf(await textOf((await filled()).all()));
    const changed = change(lines);
    expect(changed).not.toEqual(lines);
    const other = platform();
    await expect(other.import(textFrom(changed))).rejects.toThrow(says);
    expect(other.stored.all()).toEqual([]);
    expect(other.queued).toEqual([]);
  });

  test("cut off within a line is refused", async () => {
    const text = await textOf((await filled()).all());
    const other = platform();
    await expect(other.import(text.slice(0, -20))).rejects.toThrow(/it is not JSON|cut off/);
    await expect(other.import("")).rejects.toThrow("export.jsonl is empty.");
    expect(other.stored.all()).toEqual([]);
  });
});

describe("a platform that is not empty", () => {
  test("is refused, identified by its content, and left unchanged", async () => {
    const other = platform();
    await notificationStore(other.stored).create(aNotification());
    const before = other.stored.all();
    await expect(other.import(await textOf((await filled()).all()))).rejects.toThrow(
      /The platform is not empty\. It contains, for example: notification\. .*npm run reset/,
    );
    expect(other.stored.all()).toEqual(before);
  });

  test("but for statistics of days without incidents counts as empty; these give way", async () => {
    const other = platform();
    await statsStore(other.stored).saveHours("2026-11-19", [{ tally: tally([]), unresolved: [] }], undefined);
    const table = await filled();
    await other.import(await textOf(table.all()));
    expect(other.stored.all()).toEqual(table.all());
  });

  test("is refused a second time too", async () => {
    const text = await textOf((await filled()).all());
    const other = platform();
    await other.import(text);
    await expect(other.import(text)).rejects.toThrow(/not empty/);
  });
});

describe("an import", () => {
  test("that crashes at any write continues when it is repeated, with the same result", async () => {
    const table = await filled();
    const text = await textOf(table.all());
    for (let survived = 0; ; survived += 1) {
      let writes = 0;
      const dying = platform({
        table: (stored) =>
          watched(stored, () => {
            writes += 1;
            if (writes > survived) throw new Error("died");
          }),
      });
      const died = await dying.import(text).then(
        () => false,
        () => true,
      );
      if (!died) break;
      const again = platform({ stored: dying.stored });
      await again.import(text);
      expect(again.stored.all(), `after ${survived} writes`).toEqual(table.all());
      expect(again.queued.map(({ id }) => id).toSorted()).toEqual(["ntf_due", "ntf_queued"]);
    }
  });

  test("of another file does not go on with one that died", async () => {
    const table = await filled();
    const text = await textOf(table.all());
    const dying = platform({
      table: (stored) =>
        watched(stored, (items) => {
          if (items.length > 1) throw new Error("died");
        }),
    });
    await expect(dying.import(text)).rejects.toThrow("died");
    const again = platform({ stored: dying.stored });
    await expect(again.import(await textOf(table.all().slice(1)))).rejects.toThrow(
      /import of another file is incomplete/,
    );
  });

  test("survives a database that refuses every second write, with pauses in between", async () => {
    let writes = 0;
    const table = await filled();
    const other = platform({
      table: (stored) =>
        watched(stored, (items) => {
          writes += 1;
          if (items.length > 1 && writes % 2 === 0) throw new Unavailable("The database");
        }),
    });
    await other.import(await textOf(table.all()));
    expect(other.stored.all()).toEqual(table.all());
    expect(other.pauses.length).toBeGreaterThan(0);
  });

  test("gives up on a database that stays away, after some ten minutes of ever longer pauses", async () => {
    const other = platform({
      table: (stored) =>
        watched(stored, (items) => {
          if (items.length > 1) throw new Unavailable("The database");
        }),
    });
    await expect(other.import(await textOf((await filled()).all()))).rejects.toThrow(Unavailable);
    expect(other.pauses.slice(0, 1)).toEqual([200]);
    expect(Math.max(...other.pauses)).toBe(seconds(20));
    const longest = other.pauses.filter((ms) => ms === seconds(20)).length;
    expect(longest * seconds(20)).toBeGreaterThan(minutes(9));
  });

  test("writes what sweeps act on behind all else, and a timer behind its incident", async () => {
    const order: string[] = [];
    const other = platform({
      table: (stored) =>
        watched(stored, (items) => void order.push(...items.map((item) => kindOfItem(item)?.name ?? "mark"))),
    });
    await other.import(await textOf((await filled()).all()));
    expect(order.slice(order.indexOf("schedule"))).toEqual([
      "schedule",
      "mark",
      "incident",
      "incident",
      "mark",
      "api key use",
      "ended silence",
      "pulse",
      "held alert",
      "timer",
      "timer",
      "mark",
    ]);
  });

  test("queues what waits to be sent, each for its time, and nothing else", async () => {
    const other = platform();
    const { queued } = await other.import(await textOf((await filled()).all()));
    expect(queued).toBe(2);
    expect(other.queued.toSorted((a, b) => a.id.localeCompare(b.id))).toEqual([
      { id: "ntf_due", delaySeconds: 0 },
      { id: "ntf_queued", incidentId: expect.any(String), delaySeconds: 420 },
    ]);
  });

  test("queues again what it had queued before it died, unless it was sent since", async () => {
    const text = await textOf((await filled()).all());
    const dying = platform();
    const send = dying.deps.notificationQueue.send;
    Object.assign(dying.deps.notificationQueue, {
      send: async (due: readonly DueNotification[]) => {
        await send(due);
        throw new Error("died");
      },
    });
    await expect(dying.import(text)).rejects.toThrow("died");
    const notifications = notificationStore(dying.stored);
    const due = await notifications.find("ntf_due");
    if (due) await notifications.save({ ...due, status: "sent", sentAt: monday });
    const again = platform({ stored: dying.stored });
    await again.import(text);
    expect(again.queued.map(({ id }) => id)).toEqual(["ntf_queued"]);
    expect(await notifications.find("ntf_due")).toMatchObject({ status: "sent" });
  });

  test("never queues for later than a queue can delay", async () => {
    const table = memoryTable(clock);
    await notificationStore(table).create(aNotification({ dueAt: monday + days(1) }));
    const other = platform();
    await other.import(await textOf(table.all()));
    expect(other.queued).toMatchObject([{ id: expect.any(String), delaySeconds: limits.queueDelaySeconds }]);
  });
});
