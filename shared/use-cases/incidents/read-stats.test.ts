import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aDraft, anIncident, countingUlids, days, minutes, monday } from "../../../tests/support/builders.ts";
import { laggingTable } from "../../../tests/support/memory/lagging-table.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { type TestSystem, testSystem } from "../../../tests/support/memory/system.ts";
import type { Incident, IncidentCommand } from "../../domain/incidents/incident.ts";
import { addTallies, summaryOf, tally } from "../../domain/incidents/stats.ts";
import { severities } from "../../domain/severity.ts";
import { incidentStore } from "../../storage/incidents/incident-store.ts";
import { statsEntity, statsStore } from "../../storage/incidents/stats-store.ts";
import type { Table } from "../../storage/table.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import { changeIncident } from "./change-incident.ts";
import { discardStatsIfLate } from "./discard-stats.ts";
import { readReport } from "./read-report.ts";
import { readDailyTallies, readStats, readTrends } from "./read-stats.ts";

const spanDays = 6;
const hour = minutes(60);
/** Within the days that are read, or a little before them. */
const incident = fc
  .record({
    minutesAgo: fc.nat((spanDays + 2) * 24 * 60),
    severity: fc.constantFrom(...severities),
    service: fc.constantFrom("checkout", "search"),
    team: fc.constantFrom("payments", "web"),
    answeredAfter: fc.option(fc.nat(600)),
    resolvedAfter: fc.option(fc.nat(600)),
  })
  .map(({ minutesAgo, answeredAfter, resolvedAfter, ...fields }): Partial<Incident> => {
    const createdAt = monday - minutes(minutesAgo);
    const after = (count: number | null) => (count === null ? null : createdAt + minutes(count));
    const status = resolvedAfter !== null ? "resolved" : answeredAfter !== null ? "acknowledged" : "open";
    return {
      ...fields,
      createdAt,
      status,
      acknowledgedAt: after(answeredAfter) ?? after(resolvedAfter),
      resolvedAt: after(resolvedAfter),
    };
  });

async function platformWith(fields: readonly Partial<Incident>[]) {
  const table = memoryTable(() => monday);
  const deps = { incidents: incidentStore(table), stats: statsStore(table) };
  const ulid = countingUlids();
  const all = fields.map((each, index) =>
    anIncident({ ...each, id: `inc_${ulid(each.createdAt ?? monday)}`, number: index + 1 }),
  );
  for (const each of all) await deps.incidents.create(each, null);
  return { table, deps, all };
}

const sorted = (values: readonly number[]) => values.toSorted((a, b) => a - b);
/** Answer times come in the order of what was read. */
const counted = (of: ReturnType<typeof tally>) => ({
  ...of,
  mttaSeconds: sorted(of.mttaSeconds),
  mttrSeconds: sorted(of.mttrSeconds),
});

describe("tallies of days", () => {
  test("equal a recount of all incidents, whether they were stored or not", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(incident, { maxLength: 40 }), async (fields) => {
        const { deps, all } = await platformWith(fields);
        const today = monday - (monday % days(1));
        for (let count = 0; count < 2; count += 1) {
          for (const { day, tally: read } of await readDailyTallies(deps, spanDays, monday)) {
            const opened = all.filter(({ createdAt }) => createdAt >= day && createdAt < day + days(1));
            expect(counted(read)).toEqual(counted(tally(opened.map(summaryOf))));
          }
          const hours = await readReport(deps, spanDays / 2, monday);
          const from = today - spanDays * days(1);
          const recount = tally(all.filter(({ createdAt }) => createdAt >= from).map(summaryOf));
          expect(counted(addTallies(hours.map((each) => each.tally)))).toEqual(counted(recount));
          for (const { openedAt, tally: read } of hours) {
            const opened = all.filter(
              ({ createdAt }) => createdAt - openedAt >= 0 && createdAt - openedAt < hour,
            );
            expect(counted(read)).toEqual(counted(tally(opened.map(summaryOf))));
          }
        }
      }),
      { numRuns: 30 },
    );
  });

  test("that version 0.1.0 stored are used, unless they have fewer fields", async () => {
    const createdAt = monday - days(1);
    const over = { createdAt, status: "resolved", acknowledgedAt: createdAt, resolvedAt: createdAt } as const;
    const { table, deps, all } = await platformWith([over]);
    const whole = { ...tally(all.map(summaryOf)), byTeam: { web: 1 } };
    const item = statsEntity.toItem({ day: "2026-11-22", tally: whole });
    const { byTeam: _, byHour: __, answers: ___, ...lesser } = whole;
    for (const [stored, team] of [
      [item, "web"],
      [{ ...item, tally: JSON.stringify(lesser) }, "payments"],
    ] as const) {
      await table.put({ item: stored });
      const [yesterday] = await readDailyTallies(deps, 2, monday);
      expect(yesterday?.tally.byTeam).toEqual({ [team]: 1 });
    }
  });

  test("that are over cost one read each, however many incidents they had", async () => {
    const over = (createdAt: number) =>
      ({ createdAt, status: "resolved", acknowledgedAt: createdAt, resolvedAt: createdAt }) as const;
    const fields = Array.from({ length: 50 }, (_, index) => over(monday - days(1) - minutes(index)));
    const { table, deps } = await platformWith(fields);
    await readReport(deps, 30, monday);
    const asked: string[] = [];
    const counting: Table = {
      ...table,
      query(range, options) {
        asked.push("day");
        return table.query(range, options);
      },
      queryIndex(index, range) {
        asked.push("index");
        return table.queryIndex(index, range);
      },
    };
    await readReport({ incidents: incidentStore(counting), stats: statsStore(counting) }, 30, monday);
    expect(asked.filter((each) => each === "day")).toHaveLength(61);
    // Of today, the incidents since its last full hour.
    expect(asked.filter((each) => each === "index")).toHaveLength(1);
  });
});

describe("windows", () => {
  test("equal a recount while incidents are opened and resolved, and hours pass", async () => {
    const step = fc.oneof(
      fc.record({ type: fc.constant("wait" as const), minutes: fc.integer({ min: 1, max: 2_000 }) }),
      fc.record({ type: fc.constant("open" as const), service: fc.constantFrom("checkout", "search") }),
      fc.record({ type: fc.constant("resolve" as const), which: fc.nat(1_000) }),
      fc.record({ type: fc.constant("read" as const), window: fc.integer({ min: 1, max: 80 }) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 60 }), async (steps) => {
        let now = monday + 1;
        const table = memoryTable(() => now);
        const deps = { incidents: incidentStore(table), stats: statsStore(table) };
        const ulid = countingUlids();
        const all: Incident[] = [];
        for (const each of steps) {
          if (each.type === "wait") now += minutes(each.minutes);
          if (each.type === "open") {
            const incident = anIncident({
              id: `inc_${ulid(now)}`,
              number: all.length + 1,
              service: each.service,
              createdAt: now,
            });
            all.push(await deps.incidents.create(incident, null));
          }
          const index = each.type === "resolve" ? each.which % Math.max(1, all.length) : -1;
          const open = all[index];
          if (open && open.status !== "resolved")
            all[index] = await deps.incidents.save({
              ...open,
              ...{ status: "resolved", acknowledgedAt: now, resolvedAt: now, pendingEvents: [] },
            });
          if (each.type === "read") {
            const from = now - minutes(60 * each.window);
            const expected = tally(all.filter(({ createdAt }) => createdAt >= from).map(summaryOf));
            expect(counted(await readStats(deps, now - from, now))).toEqual(counted(expected));
            const [today] = await readDailyTallies(deps, 1, now);
            const midnight = now - (now % days(1));
            const opened = all.filter(({ createdAt }) => createdAt >= midnight);
            expect(counted(today?.tally ?? tally([]))).toEqual(counted(tally(opened.map(summaryOf))));
          }
        }
      }),
      { numRuns: 60 },
    );
  });

  test("read only unresolved incidents of hours that are over, however many others there were", async () => {
    const { deps } = await platformWith(
      Array.from({ length: 300 }, (_, index) => {
        const createdAt = monday - minutes(15 * index) - 1;
        const resolved = { status: "resolved", acknowledgedAt: createdAt, resolvedAt: createdAt } as const;
        return index % 100 === 50 ? { createdAt } : { createdAt, ...resolved };
      }),
    );
    const read: string[] = [];
    const incidents: IncidentStore = {
      ...deps.incidents,
      findAll(ids) {
        read.push(...ids);
        return deps.incidents.findAll(ids);
      },
    };
    const total = () => readStats({ ...deps, incidents }, days(3), monday);
    const first = counted(await total());
    expect(new Set(read).size).toBeGreaterThan(280);
    read.length = 0;
    expect(counted(await total())).toEqual(first);
    expect(read.length).toBeLessThan(10);
  });
});

test("trends count the response times of incidents that are open again", async () => {
  const reopened = { status: "open", acknowledgedAt: monday - minutes(30) } as const;
  const { deps } = await platformWith([
    { createdAt: monday - minutes(45) },
    { createdAt: monday - minutes(90), ...reopened },
  ]);
  const trends = await readTrends(deps, spanDays, monday);
  expect(addTallies(trends.map((day) => day.tally)).mttaSeconds).toEqual([3_600]);
});

test("trends do not read many open incidents, and later statistics still count them", async () => {
  const answered = { status: "acknowledged", acknowledgedAt: monday - minutes(30) } as const;
  const { deps } = await platformWith([
    ...Array.from({ length: 60 }, (_, index) => ({ createdAt: monday - minutes(80 * index + 45) })),
    { createdAt: monday - minutes(90), ...answered },
  ]);
  const read: string[] = [];
  const incidents: IncidentStore = {
    ...deps.incidents,
    findAll(ids) {
      read.push(...ids);
      return deps.incidents.findAll(ids);
    },
  };
  const trends = await readTrends({ ...deps, incidents }, spanDays, monday);
  expect(read).toHaveLength(1);
  expect(addTallies(trends.map((day) => day.tally)).mttaSeconds).toEqual([3_600]);
  const all = await readDailyTallies(deps, spanDays, monday);
  expect(addTallies(all.map((day) => day.tally)).byStatus).toEqual({ open: 60, acknowledged: 1 });
});

test("an alert that waited in the queue for a day is in the statistics of the day on which it was sent", async () => {
  const system = testSystem({ now: monday - days(1) });
  await system.receive(aDraft());
  system.isAwayUntil(monday);
  const total = async () => (await readStats(system.deps, days(3), monday)).byStatus;
  expect(await total()).toEqual({});
  await system.pump();
  expect(await total()).toEqual({ open: 1 });
});

/** Reads the counts of three days by severity, and stores statistics on the way. */
const bySeverityIn = async (system: TestSystem) =>
  Object.entries((await readStats(system.deps, days(3), system.now())).bySeverity);

test("a late incident is in the statistics, whatever call fails, and however often they are read", async () => {
  for (const kind of ["fails", "dies", "answer_lost"] as const) {
    for (let faulty = 1; faulty <= 40; faulty += 1) {
      const system = testSystem({ now: monday - days(1) });
      await system.receive(aDraft({ severity: "low" }));
      system.isAwayUntil(monday);
      expect(await bySeverityIn(system)).toEqual([]);
      system.faults.plan((call) => (call === faulty ? kind : undefined));
      await system.settle({ within: minutes(10) });
      system.faults.plan(() => undefined);
      await system.settle({ within: minutes(10) });
      expect([faulty, await bySeverityIn(system)]).toEqual([faulty, [["low", 1]]]);
    }
  }
});

test("a severity that is changed after the resolution is in the statistics", async () => {
  const system = testSystem();
  await system.receive(aDraft({ severity: "low" }));
  await system.pump();
  const change = async (...commands: IncidentCommand[]) =>
    changeIncident(system.deps, "1", { commands, note: null, actor: "ada" }, system.now());
  await change({ type: "move", to: "resolved", actor: "ada" });
  system.isAwayUntil(monday + minutes(120));
  expect(await bySeverityIn(system)).toEqual([["low", 1]]);
  await change({ type: "change_severity", to: "critical", actor: "ada" });
  expect(await bySeverityIn(system)).toEqual([["critical", 1]]);
});

test("a late incident that indexes do not show yet is in the statistics later", async () => {
  let now = monday;
  const table = laggingTable(() => now);
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const deps = { incidents: incidentStore(table), stats: statsStore(table), clock: () => now, log };
  const createdAt = monday - days(1);
  await discardStatsIfLate(deps, createdAt);
  await deps.incidents.create(anIncident({ id: `inc_${countingUlids()(createdAt)}`, createdAt }), null);
  expect((await readStats(deps, days(3), now)).byStatus).toEqual({});
  await table.catchUp();
  now += minutes(60);
  expect((await readStats(deps, days(3), now)).byStatus).toEqual({ open: 1 });
});

test("a window uses tallies of full days, and the incidents of partial ones", async () => {
  const ago = [1, 23, 25, 71, 73].map((hours) => ({ createdAt: monday - minutes(60 * hours) }));
  const { deps } = await platformWith(ago);
  for (const [windowDays, expected] of [
    [1, 2],
    [3, 4],
  ] as const) {
    const { byStatus } = await readStats(deps, days(windowDays), monday);
    expect(byStatus).toEqual({ open: expected });
  }
});
