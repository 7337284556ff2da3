import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { aDraft, anIncident, countingUlids, days, minutes, monday } from "../../../tests/support/builders.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import { testSystem } from "../../../tests/support/memory/system.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import { addTallies, factsOf, tally } from "../../domain/incidents/stats.ts";
import { severities } from "../../domain/severity.ts";
import { incidentStore } from "../../storage/incidents/incident-store.ts";
import { statsStore } from "../../storage/incidents/stats-store.ts";
import { keys } from "../../storage/keys.ts";
import type { Table } from "../../storage/table.ts";
import type { IncidentStore } from "../ports/incidents.ts";
import { readReport } from "./read-report.ts";
import { readDailyTallies, readStats, readTrends } from "./read-stats.ts";

const spanDays = 6;
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
            expect(counted(read)).toEqual(counted(tally(opened.map(factsOf))));
          }
          const { days: half, before } = await readReport(deps, spanDays / 2, monday);
          const from = today - (spanDays - 1) * days(1);
          const recount = tally(all.filter(({ createdAt }) => createdAt >= from).map(factsOf));
          const sum = addTallies([before, ...half.map((each) => each.tally)]);
          expect(counted(sum)).toEqual(counted(recount));
        }
      }),
      { numRuns: 30 },
    );
  });

  test("that an earlier release stored with fewer fields are recounted once", async () => {
    const createdAt = monday - days(1);
    const over = { createdAt, status: "resolved", acknowledgedAt: createdAt, resolvedAt: createdAt } as const;
    const { table, deps } = await platformWith([over]);
    await readDailyTallies(deps, 2, monday);
    const stored = await table.get(keys.statsOfDay("2026-11-22"));
    const { byTeam: _, byHour: __, answers: ___, ...lesser } = JSON.parse(String(stored?.tally));
    await table.put({ item: { ...keys.statsOfDay("2026-11-22"), ...stored, tally: JSON.stringify(lesser) } });
    const [yesterday] = await readDailyTallies(deps, 2, monday);
    expect(yesterday?.tally.byTeam).toEqual({ payments: 1 });
    expect(await table.get(keys.statsOfDay("2026-11-22"))).toEqual(stored);
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
      get(key) {
        asked.push("get");
        return table.get(key);
      },
      queryIndex(index, range) {
        asked.push("query");
        return table.queryIndex(index, range);
      },
    };
    await readReport({ incidents: incidentStore(counting), stats: statsStore(counting) }, 30, monday);
    expect(asked.filter((each) => each === "get")).toHaveLength(60);
    // Of today, the incidents since its last full hour.
    expect(asked.filter((each) => each === "query")).toHaveLength(1);
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
            const expected = tally(all.filter(({ createdAt }) => createdAt >= from).map(factsOf));
            expect(counted(await readStats(deps, now - from, now))).toEqual(counted(expected));
            const [today] = await readDailyTallies(deps, 1, now);
            const midnight = now - (now % days(1));
            const opened = all.filter(({ createdAt }) => createdAt >= midnight);
            expect(counted(today?.tally ?? tally([]))).toEqual(counted(tally(opened.map(factsOf))));
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

test("trends do not read open incidents, and later statistics still count them", async () => {
  const answered = { status: "acknowledged", acknowledgedAt: monday - minutes(30) } as const;
  const { deps } = await platformWith([
    ...Array.from({ length: 20 }, (_, index) => ({ createdAt: monday - minutes(240 * index + 45) })),
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
  expect(addTallies(all.map((day) => day.tally)).byStatus).toEqual({ open: 20, acknowledged: 1 });
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
