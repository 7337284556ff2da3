import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anIncident, countingUlids, days, minutes, monday } from "../../../tests/support/builders.ts";
import { memoryTable } from "../../../tests/support/memory/memory-table.ts";
import type { Incident } from "../../domain/incidents/incident.ts";
import { addTallies, factsOf, tally } from "../../domain/incidents/stats.ts";
import { severities } from "../../domain/severity.ts";
import { incidentStore } from "../../storage/incidents/incident-store.ts";
import { statsStore } from "../../storage/incidents/stats-store.ts";
import { keys } from "../../storage/keys.ts";
import type { Table } from "../../storage/table.ts";
import { readReport } from "./read-report.ts";
import { readDailyTallies, readStats } from "./read-stats.ts";

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
    expect(asked.filter((each) => each === "get")).toHaveLength(59);
    // Today's, which is not over.
    expect(asked.filter((each) => each === "query")).toHaveLength(1);
  });
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
