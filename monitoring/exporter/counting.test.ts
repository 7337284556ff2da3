/** For any events, scrapes and crashes of the exporter, counters match the stores. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { type AlertAction, alertActions } from "../../shared/domain/alerts/alert.ts";
import { type Incident, mttaSeconds, mttrSeconds } from "../../shared/domain/incidents/incident.ts";
import { type Severity, severities } from "../../shared/domain/severity.ts";
import type { Table } from "../../shared/storage/table.ts";
import { changeIncident } from "../../shared/use-cases/incidents/change-incident.ts";
import { mergeIncident } from "../../shared/use-cases/incidents/lifecycle/merge-incident.ts";
import { reopenIncident } from "../../shared/use-cases/incidents/lifecycle/reopen-incident.ts";
import { snoozeIncident } from "../../shared/use-cases/incidents/lifecycle/snooze-incident.ts";
import { escalateManually } from "../../shared/use-cases/oncall/escalate.ts";
import type { Page, PageRequest } from "../../shared/use-cases/ports/page.ts";
import { aDraft, aSchedule, days, minutes, monday, seconds } from "../../tests/support/builders.ts";
import { type MemoryTable, memoryTable } from "../../tests/support/memory/memory-table.ts";
import { type TestSystem, testSystem } from "../../tests/support/memory/system.ts";
import { anExporter, type TestExporter } from "../../tests/support/monitoring/exporter.ts";

type Step =
  | {
      kind: "alert";
      service: string;
      severity: Severity;
      dedupKey: string;
      action: AlertAction;
      held: boolean;
    }
  | { kind: "acknowledge" | "resolve" | "escalate"; which: number }
  | { kind: "pass"; ms: number }
  | { kind: "scrape" | "kill" | "stop" | "lag" | "relapse" | "catch_up" };

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant("alert" as const),
      service: fc.constantFrom("checkout", "search"),
      severity: fc.constantFrom(...severities),
      dedupKey: fc.constantFrom("a", "b", "c"),
      action: fc.constantFrom(...alertActions, "trigger" as const),
      held: fc.boolean(),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom("acknowledge" as const, "resolve" as const, "escalate" as const),
      which: fc.nat(5),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant("pass" as const),
      ms: fc.constantFrom(1, seconds(3), seconds(11), minutes(6), minutes(14)),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constantFrom("scrape", "scrape", "kill", "stop", "lag", "relapse", "catch_up"),
    }) as fc.Arbitrary<Step>,
  },
);

test("counters only grow, never count too much, and in the end say what a full recount says", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 40 }), async (steps) => {
      const play = await aPlay();
      for (const each of steps) await play.take(each);
      await play.finish();
    }),
    { numRuns: 150 },
  );
});

test("an incident that waited for an hour is counted, also when it was resolved with the next alert", async () => {
  const play = await aPlay();
  await play.system.receive(aDraft({ dedupKey: "late" }), aDraft({ dedupKey: "late", action: "resolve" }));
  await play.system.receive(aDraft({ dedupKey: "later" }));
  play.system.advance(minutes(70));
  await play.finish();
  expect(await play.recount()).toMatchObject({ 'incidents_total{status="open"}': 2 });
});

test("one that appears hours behind the others is new as long as it is unresolved", async () => {
  const play = await aPlay();
  await play.system.receive(aDraft({ service: "search", dedupKey: "waits" }));
  const waiting = play.system.queue("alerts").receive(10);
  play.system.advance(minutes(200));
  await play.system.receive(aDraft({ dedupKey: "overtakes" }));
  await play.system.pump();
  await play.take({ kind: "scrape" });
  await play.system.consumers.alerts({ Records: waiting });
  await play.take({ kind: "kill" });
  await play.finish();
  expect(await play.recount()).toMatchObject({ 'incidents_total{status="open"}': 2 });
});

test("one that appears a little behind the others is counted, although it is resolved by then", async () => {
  const play = await aPlay();
  const late = { dedupKey: "late", service: "search" };
  await play.system.receive(aDraft(late), aDraft({ ...late, action: "resolve" }));
  const waiting = play.system.queue("alerts").receive(10);
  play.system.advance(minutes(5));
  await play.system.receive(aDraft({ dedupKey: "overtakes" }));
  await play.system.pump();
  await play.take({ kind: "scrape" });
  await play.system.consumers.alerts({ Records: waiting });
  await play.finish();
  expect(await play.recount()).toMatchObject({ 'incidents_total{status="open"}': 2 });
});

test("one that was counted as resolved is not new when a late index shows it open again", async () => {
  const play = await aPlay();
  const { system } = play;
  await system.receive(aDraft({ dedupKey: "old" }));
  await play.take({ kind: "pass", ms: minutes(20) });
  await system.receive(aDraft({ dedupKey: "young" }));
  await system.settle({ within: 0 });
  await play.take({ kind: "scrape" });
  await play.take({ kind: "lag" });
  await system.receive(aDraft({ dedupKey: "old", action: "resolve" }));
  await system.settle({ within: 0 });
  await play.take({ kind: "catch_up" });
  await play.take({ kind: "scrape" });
  await play.take({ kind: "relapse" });
  for (const _ of ["after a while", "after a restart"]) {
    await play.take({ kind: "pass", ms: minutes(2) });
    await play.take({ kind: "scrape" });
    await play.take({ kind: "stop" });
  }
  await play.finish();
});

test("a counter does not fall when it restarts on an index that has fallen behind", async () => {
  const play = await aPlay();
  await play.take({ kind: "lag" });
  await play.take({ kind: "catch_up" });
  await play.system.receive(aDraft({ dedupKey: "young" }));
  await play.system.settle({ within: 0 });
  await play.take({ kind: "scrape" });
  await play.take({ kind: "relapse" });
  await play.take({ kind: "kill" });
  await play.finish();
});

test("incidents older than the exporter are not counted as opened, but their end is counted", async () => {
  const system = await aSystem(memoryTable(() => now()));
  const now = system.now;
  await system.receive(aDraft({ dedupKey: "old" }));
  await system.settle({ within: 0 });
  const exporter = anExporter({ table: system.table, clock: system.now });
  expect(Object.fromEntries(await exporter.scrape("incidents"))).toMatchObject({
    'incidents_total{status="open"}': 0,
    'incidents_unresolved{status="open",severity="critical",service="checkout",team="checkout"}': 1,
  });
  system.advance(seconds(30));
  await command(system, "resolve", 0);
  system.advance(seconds(3));
  expect(Object.fromEntries(await exporter.scrape("incidents"))).toMatchObject({
    'incidents_total{status="open"}': 0,
    'incidents_total{status="acknowledged"}': 0,
    'incidents_total{status="resolved"}': 1,
    incident_mtta_seconds_sum: 30,
    incident_mttr_seconds_count: 1,
  });
});

test("events after the start count before the first scrape", async () => {
  const system = await aSystem(memoryTable(() => now()));
  const now = system.now;
  const exporter = anExporter({ table: system.table, clock: system.now });
  await exporter.begin(() => Promise.reject(new Error("one try was enough")));
  await system.receive(aDraft({ dedupKey: "first" }));
  await system.settle({ within: 0 });
  system.advance(seconds(3));
  expect(Object.fromEntries(await exporter.scrape("incidents"))).toMatchObject({
    'incidents_total{status="open"}': 1,
    'incidents_created_total{severity="critical",service="checkout"}': 1,
  });
});

test("an incident that is snoozed, open again, resolved and reopened is counted once at each status", async () => {
  const { system, scrapeAfter } = await aLifecycle();
  const id = "1";
  const context = { actor: "ada", note: null };
  const unresolved = (status: string) => ({
    [`incidents_unresolved{status="${status}",severity="critical",service="checkout",team="checkout"}`]: 1,
  });
  const once = { 'incidents_total{status="open"}': 1, incident_mtta_seconds_count: 1 };
  const acknowledged = { ...once, 'incidents_total{status="acknowledged"}': 1 };
  const resolved = {
    ...acknowledged,
    'incidents_total{status="resolved"}': 1,
    incident_mttr_seconds_count: 1,
  };
  expect(
    await scrapeAfter(() =>
      snoozeIncident(system.deps, id, system.now() + minutes(5), context, system.now()),
    ),
  ).toMatchObject({ ...acknowledged, ...unresolved("acknowledged") });
  system.advance(minutes(5));
  expect(await scrapeAfter()).toMatchObject({ ...acknowledged, ...unresolved("open") });
  expect(await scrapeAfter(() => command(system, "acknowledge", 0))).toMatchObject({
    ...acknowledged,
    ...unresolved("acknowledged"),
  });
  expect(await scrapeAfter(() => command(system, "resolve", 0))).toMatchObject(resolved);
  // By then, the index no longer lists it as unresolved.
  system.advance(minutes(2));
  expect(await scrapeAfter(() => reopenIncident(system.deps, id, context, system.now()))).toMatchObject({
    ...resolved,
    ...unresolved("open"),
  });
  const last = await scrapeAfter(() => command(system, "resolve", 0));
  expect(last).toMatchObject(resolved);
  expect(Object.keys(last).filter((name) => name.startsWith("incidents_unresolved"))).toEqual([]);
});

test("a merged incident is counted as resolved, without response times", async () => {
  const { system, scrapeAfter } = await aLifecycle();
  await scrapeAfter(() => system.receive(aDraft({ dedupKey: "duplicate" })));
  const merge = { into: "1", actor: null, note: null };
  const series = await scrapeAfter(() => mergeIncident(system.deps, "2", merge, system.now()));
  expect(series).toMatchObject({
    'incidents_total{status="open"}': 2,
    'incidents_total{status="resolved"}': 1,
    'incidents_unresolved{status="open",severity="critical",service="checkout",team="checkout"}': 1,
  });
  expect(
    Object.keys(series).filter((name) => /^incident_mtt._seconds_count/.test(name) && series[name]),
  ).toEqual([]);
});

/** A system with one incident, and an exporter that is scraped after each change. */
async function aLifecycle() {
  const system = await aSystem(memoryTable(() => now()));
  const now = system.now;
  const exporter = anExporter({ table: system.table, clock: system.now });
  const scrapeAfter = async (change: () => Promise<unknown> = async () => {}) => {
    await change();
    await system.settle({ within: 0 });
    system.advance(seconds(3));
    return Object.fromEntries(await exporter.scrape("incidents"));
  };
  await scrapeAfter();
  await scrapeAfter(() => system.receive(aDraft({ dedupKey: "first" })));
  return { system, scrapeAfter };
}

test("the gauge of the unresolved follows a change of team within a minute", async () => {
  const system = await aSystem(memoryTable(() => now()));
  const now = system.now;
  const exporter = anExporter({ table: system.table, clock: system.now });
  await exporter.scrape("incidents");
  await system.receive(aDraft({ dedupKey: "moves" }));
  await system.settle({ within: 0 });
  system.advance(seconds(3));
  const unresolved = async () =>
    [...(await exporter.scrape("incidents")).keys()].filter((name) =>
      name.startsWith("incidents_unresolved"),
    );
  expect(await unresolved()).toEqual([expect.stringContaining('team="checkout"')]);
  await escalateManually(
    system.deps,
    { team: "search", incidentId: "1", reason: null, actor: null },
    system.now(),
  );
  system.advance(minutes(1));
  expect(await unresolved()).toEqual([expect.stringContaining('team="search"')]);
});

/** A system whose indexes a test can let be late, with an exporter that is restarted now and then. */
async function aPlay() {
  const table = memoryTable(() => system.now());
  const system: Awaited<ReturnType<typeof aSystem>> = await aSystem(table);
  let late: MemoryTable | undefined;
  let snapshot: { table: MemoryTable; at: number } | undefined;
  const lagging: Table = {
    ...table,
    queryIndex: (index, range) => (late ?? table).queryIndex(index, range),
  };
  const start = () => anExporter({ table: lagging, clock: system.now });
  let exporter: TestExporter = start();
  let last: ReadonlyMap<string, number> = new Map();

  async function scrape(): Promise<Record<string, number>> {
    const series = await exporter.scrape();
    expect(exporter.health().sources.incidents).toMatchObject({ status: "ok" });
    const counters = new Map([...series].filter(([name]) => isCounter(name)));
    // One assertion for all series, since tens of thousands are checked.
    const fallen = [...last].filter(([name, value]) => !((counters.get(name) ?? Number.NaN) >= value));
    expect(fallen.map(([name, value]) => [name, value, counters.get(name)])).toEqual([]);
    last = counters;
    const most = await recount();
    const excessive = [...counters].filter(([name, value]) => !(value <= (most[name] ?? 0)));
    expect(excessive.map(([name, value]) => [name, value, most[name]])).toEqual([]);
    return Object.fromEntries(series);
  }

  async function recount(): Promise<Record<string, number>> {
    return recountOf(system);
  }

  async function take(each: Step): Promise<void> {
    system.advance(1);
    switch (each.kind) {
      case "alert":
        await system.receive(aDraft(each));
        // A consumer that died holds it for a minute, while later ones pass it by.
        if (each.held) system.queue("alerts").receive(10);
        await system.settle({ within: 0 });
        return;
      case "acknowledge":
      case "resolve":
      case "escalate":
        await command(system, each.kind, each.which);
        await system.settle({ within: 0 });
        return;
      case "pass":
        await system.settle({ within: each.ms });
        system.advance(each.ms);
        return;
      case "scrape":
        system.advance(seconds(3));
        await scrape();
        return;
      case "lag":
        snapshot = { table: memoryTable(system.now), at: system.now() };
        await snapshot.table.putAll(table.all());
        late = snapshot.table;
        return;
      case "relapse":
        // Another replica, which is not as far.
        if (snapshot && system.now() - snapshot.at < minutes(10)) late = snapshot.table;
        return;
      case "catch_up":
        late = undefined;
        return;
      case "stop":
        await exporter.close();
        exporter = start();
        await scrape();
        return;
      case "kill":
        exporter = start();
        await scrape();
        return;
    }
  }

  await scrape();
  return {
    system,
    take,
    recount,
    /** Everything that is to come has come: it is counted to the last. */
    async finish() {
      await system.settle();
      system.advance(days(1));
      late = undefined;
      const series = await scrape();
      const expected = await recount();
      expect(series).toMatchObject(expected);
      const counted = Object.entries(series).filter(([name, value]) => isCounter(name) && value > 0);
      expect(expected).toMatchObject(Object.fromEntries(counted));
      // Another one that starts from its checkpoint says the same.
      await exporter.close();
      exporter = start();
      expect(await scrape()).toMatchObject(expected);
    },
  };
}

async function aSystem(table: MemoryTable) {
  const system = testSystem({ table, now: monday });
  for (const team of ["checkout", "search"]) await system.deps.schedules.create(aSchedule({ team }));
  return { ...system, table };
}

/** Executes a command on one of the incidents, if its status allows it. */
async function command(
  system: TestSystem,
  kind: "acknowledge" | "resolve" | "escalate",
  which: number,
): Promise<void> {
  const { items } = await system.seen.incidents.list({}, { limit: 6, after: null });
  const incident = items[which % Math.max(1, items.length)];
  if (!incident || incident.status === "resolved") return;
  if (kind === "escalate") {
    const request = { team: incident.team, incidentId: incident.id, reason: null, actor: "ada" };
    await escalateManually(system.deps, request, system.now());
    return;
  }
  const to = kind === "resolve" ? "resolved" : "acknowledged";
  await changeIncident(
    system.deps,
    incident.id,
    { commands: [{ type: "move", to, actor: "ada" }], note: null, actor: "ada" },
    system.now(),
  );
}

function isCounter(name: string): boolean {
  return /^(incidents_(created_)?total|incident_mtt|notifications_|escalations_)/.test(name);
}

async function recountOf({ seen, now }: TestSystem): Promise<Record<string, number>> {
  const incidents = await readAll((page) => seen.incidents.list({}, page));
  const notifications = await readAll((page) => seen.notifications.list({}, page));
  const escalations = await readAll((page) => seen.incidentEvents.listEscalations({}, page));
  const counts = new Map<string, number>();
  const add = (name: string, by = 1) => counts.set(name, (counts.get(name) ?? 0) + by);
  for (const incident of incidents) {
    const severity = await openedAs(incident);
    add('incidents_total{status="open"}');
    if (incident.acknowledgedAt !== null && incident.acknowledgedAt !== incident.resolvedAt) {
      add('incidents_total{status="acknowledged"}');
    }
    if (incident.status === "resolved") add('incidents_total{status="resolved"}');
    add(`incidents_created_total{severity="${severity}",service="${incident.service}"}`);
    for (const [name, answer] of [
      ["incident_mtta_seconds", mttaSeconds(incident)],
      ["incident_mttr_seconds", mttrSeconds(incident)],
    ] as const) {
      if (answer === null) continue;
      add(`${name}_count`);
      add(`${name}_sum`, answer);
      add(`${name}_bucket{le="+Inf"}`);
      for (const bound of [
        10, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 7_200, 14_400, 28_800, 43_200, 86_400,
      ]) {
        if (answer <= bound) add(`${name}_bucket{le="${bound}"}`);
      }
    }
  }
  for (const { channel, status, dueAt } of notifications) {
    if (status !== "queued" && dueAt <= now()) {
      add(`notifications_sent_total{channel="${channel}",status="${status}"}`);
    }
  }
  for (const { team } of escalations.flatMap((event) => (event.type === "escalated" ? event : []))) {
    add(`escalations_total{team="${team}"}`);
  }
  const sums = [...counts].map(([name, value]) => [name, Math.round(value * 1_000) / 1_000]);
  return Object.fromEntries(sums);

  async function openedAs({ id, pendingEvents, severity }: Incident): Promise<Severity> {
    const { events } = await seen.incidentEvents.history(id);
    const opened = [...events, ...pendingEvents].find(({ type }) => type === "opened");
    return opened?.type === "opened" ? opened.severity : severity;
  }
}

async function readAll<T>(list: (page: PageRequest) => Promise<Page<T>>): Promise<T[]> {
  const items: T[] = [];
  for (let after: string | null = null; ; ) {
    const page: Page<T> = await list({ limit: 200, after });
    items.push(...page.items);
    if (page.next === null) return items;
    after = page.next;
  }
}
