import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { anIncident, days, monday, seconds } from "../../../tests/support/builders.ts";
import { severities } from "../severity.ts";
import { incidentStatuses } from "./incident.ts";
import { addTallies, type IncidentSummary, mean, percentile, summaryOf, tally } from "./stats.ts";

const summary = fc.record({
  status: fc.constantFrom(...incidentStatuses),
  severity: fc.constantFrom(...severities),
  service: fc.constantFrom("checkout", "search", "__proto__", "constructor", "toString"),
  team: fc.constantFrom("payments", "__proto__"),
  createdAt: fc.integer({ min: monday - days(20), max: monday }),
  mttaSeconds: fc.option(fc.nat(10_000)),
  mttrSeconds: fc.option(fc.nat(10_000)),
}) satisfies fc.Arbitrary<IncidentSummary>;

test("tallies of the parts add up to the tally of the total", () => {
  fc.assert(
    fc.property(fc.array(fc.array(summary)), (parts) => {
      expect(addTallies(parts.map(tally))).toEqual(tally(parts.flat()));
    }),
  );
});

test("a tally counts each incident once by status, severity, service, team and hour", () => {
  fc.assert(
    fc.property(fc.array(summary), (all) => {
      const { byStatus, bySeverity, byService, byTeam, byHour } = tally(all);
      for (const counts of [byStatus, bySeverity, byService, byTeam, byHour]) {
        expect(Object.values(counts).reduce((sum, count) => sum + count, 0)).toBe(all.length);
      }
      for (const { service } of all) {
        expect(byService[service]).toBe(all.filter((other) => other.service === service).length);
      }
    }),
  );
});

test("answer times are those of the incidents that have one", () => {
  const answered = anIncident({ acknowledgedAt: monday + seconds(60) });
  const resolved = anIncident({ acknowledgedAt: monday, resolvedAt: monday + seconds(120) });
  const { mttaSeconds, mttrSeconds } = tally([anIncident(), answered, resolved].map(summaryOf));
  expect({ mttaSeconds, mttrSeconds }).toEqual({ mttaSeconds: [60, 0], mttrSeconds: [120] });
});

test("response times by severity, service and team each add up to the total", () => {
  fc.assert(
    fc.property(fc.array(summary), (all) => {
      const { answers, mttaSeconds, mttrSeconds } = tally(all);
      const total = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0);
      for (const groups of Object.values(answers)) {
        const sums = Object.values(groups);
        expect(total(sums.map((each) => each.acknowledged))).toBe(mttaSeconds.length);
        expect(total(sums.map((each) => each.mttaSeconds))).toBe(total(mttaSeconds));
        expect(total(sums.map((each) => each.resolved))).toBe(mttrSeconds.length);
        expect(total(sums.map((each) => each.mttrSeconds))).toBe(total(mttrSeconds));
      }
    }),
  );
});

describe("a percentile", () => {
  test.each([
    { values: [10], percent: 95, expected: 10 },
    { values: [1, 2, 3, 4], percent: 50, expected: 2 },
    { values: [4, 3, 2, 1], percent: 100, expected: 4 },
    { values: [9, 10, 100], percent: 0, expected: 9 },
    { values: Array.from({ length: 100 }, (_, index) => index + 1), percent: 95, expected: 95 },
    { values: [], percent: 95, expected: null },
  ])("$percent of $values is $expected", ({ values, percent, expected }) => {
    expect(percentile(values, percent)).toBe(expected);
  });

  test("is one of the values, with at least that share of them at or below it", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer(), { minLength: 1 }),
        fc.integer({ min: 0, max: 100 }),
        (values, percent) => {
          const found = percentile(values, percent) ?? Number.NaN;
          expect(values).toContain(found);
          const below = values.filter((value) => value <= found).length;
          expect(below).toBeGreaterThanOrEqual((percent / 100) * values.length - 1e-9);
        },
      ),
    );
  });
});

test("the mean of nothing is null, not zero", () => {
  expect(mean([])).toBeNull();
  expect(mean([1, 2, 6])).toBe(3);
});
