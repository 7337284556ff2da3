import { type Incident, type IncidentStatus, mttaSeconds, mttrSeconds } from "./incident.ts";
import type { Severity } from "./severity.ts";

/** What statistics need of an incident. */
export interface IncidentFacts {
  readonly status: IncidentStatus;
  readonly severity: Severity;
  readonly service: string;
  readonly mttaSeconds: number | null;
  readonly mttrSeconds: number | null;
}

export function factsOf(incident: Incident): IncidentFacts {
  return {
    status: incident.status,
    severity: incident.severity,
    service: incident.service,
    mttaSeconds: mttaSeconds(incident),
    mttrSeconds: mttrSeconds(incident),
  };
}

/** Counts and answer times of some incidents; tallies of disjoint sets add up. */
export interface Tally {
  readonly byStatus: Readonly<Record<string, number>>;
  readonly bySeverity: Readonly<Record<string, number>>;
  readonly byService: Readonly<Record<string, number>>;
  readonly mttaSeconds: readonly number[];
  readonly mttrSeconds: readonly number[];
}

export function tally(facts: readonly IncidentFacts[]): Tally {
  return {
    byStatus: countBy(facts, ({ status }) => status),
    bySeverity: countBy(facts, ({ severity }) => severity),
    byService: countBy(facts, ({ service }) => service),
    mttaSeconds: facts.flatMap(({ mttaSeconds }) => mttaSeconds ?? []),
    mttrSeconds: facts.flatMap(({ mttrSeconds }) => mttrSeconds ?? []),
  };
}

export function addTallies(tallies: readonly Tally[]): Tally {
  return {
    byStatus: addCounts(tallies.map((each) => each.byStatus)),
    bySeverity: addCounts(tallies.map((each) => each.bySeverity)),
    byService: addCounts(tallies.map((each) => each.byService)),
    mttaSeconds: tallies.flatMap((each) => each.mttaSeconds),
    mttrSeconds: tallies.flatMap((each) => each.mttrSeconds),
  };
}

/** Mean of the values; null of none. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Nearest-rank percentile; null of no values. */
export function percentile(values: readonly number[], percent: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? null;
}

/** A null-prototype record, so that a service named like a property of Object is counted as itself. */
type Counts = Record<string, number>;

function countBy<T>(items: readonly T[], keyOf: (item: T) => string): Counts {
  return addCounts(items.map((item) => ({ [keyOf(item)]: 1 })));
}

function addCounts(counts: readonly Readonly<Counts>[]): Counts {
  const sum: Counts = Object.create(null);
  for (const each of counts) {
    for (const [key, count] of Object.entries(each)) sum[key] = (sum[key] ?? 0) + count;
  }
  return sum;
}
