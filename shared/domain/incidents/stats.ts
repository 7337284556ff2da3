import type { Severity } from "../severity.ts";
import { type Incident, type IncidentStatus, mttaSeconds, mttrSeconds } from "./incident.ts";

/** Incident data required for statistics. */
export interface IncidentSummary {
  readonly status: IncidentStatus;
  readonly severity: Severity;
  readonly service: string;
  readonly team: string;
  /** Epoch milliseconds. */
  readonly createdAt: number;
  readonly mttaSeconds: number | null;
  readonly mttrSeconds: number | null;
}

export function summaryOf(incident: Incident): IncidentSummary {
  return {
    status: incident.status,
    severity: incident.severity,
    service: incident.service,
    team: incident.team,
    createdAt: incident.createdAt,
    mttaSeconds: mttaSeconds(incident),
    mttrSeconds: mttrSeconds(incident),
  };
}

/** Sums of response times, which are sufficient for means over any number of incidents. */
export interface ResponseTimes {
  readonly acknowledged: number;
  /** Total seconds. */
  readonly mttaSeconds: number;
  readonly resolved: number;
  readonly mttrSeconds: number;
}

/** Dimensions of response times. */
export type Grouping = "severity" | "service" | "team";

/** Counts and response times of a set of incidents. Tallies of disjoint sets can be added. */
export interface Tally {
  readonly byStatus: Readonly<Record<string, number>>;
  readonly bySeverity: Readonly<Record<string, number>>;
  readonly byService: Readonly<Record<string, number>>;
  readonly byTeam: Readonly<Record<string, number>>;
  /** Incidents opened in each of the 24 hours of a UTC day. */
  readonly byHour: readonly number[];
  readonly mttaSeconds: readonly number[];
  readonly mttrSeconds: readonly number[];
  readonly answers: Readonly<Record<Grouping, Readonly<Record<string, ResponseTimes>>>>;
}

/** Statistics of an hour that is over: the tally of its resolved incidents, and the IDs of the others. */
export interface HourlyTally {
  readonly tally: Tally;
  readonly unresolved: readonly string[];
}

/** Tally of the incidents opened in the hour that begins at a time in epoch milliseconds. */
export interface OpenedTally {
  readonly openedAt: number;
  readonly tally: Tally;
}

/** Tally of the incidents opened on one UTC day. */
export interface DailyTally {
  /** Start of the day, epoch milliseconds. */
  readonly day: number;
  readonly tally: Tally;
}

export function tally(summaries: readonly IncidentSummary[]): Tally {
  return {
    byStatus: countBy(summaries, ({ status }) => status),
    bySeverity: countBy(summaries, ({ severity }) => severity),
    byService: countBy(summaries, ({ service }) => service),
    byTeam: countBy(summaries, ({ team }) => team),
    byHour: addHours(summaries.map(({ createdAt }) => hoursWith(hourOf(createdAt)))),
    mttaSeconds: summaries.flatMap(({ mttaSeconds }) => mttaSeconds ?? []),
    mttrSeconds: summaries.flatMap(({ mttrSeconds }) => mttrSeconds ?? []),
    answers: {
      severity: addResponseTimes(summaries.map((each) => ({ [each.severity]: responseTimesOf(each) }))),
      service: addResponseTimes(summaries.map((each) => ({ [each.service]: responseTimesOf(each) }))),
      team: addResponseTimes(summaries.map((each) => ({ [each.team]: responseTimesOf(each) }))),
    },
  };
}

export function addTallies(tallies: readonly Tally[]): Tally {
  return {
    byStatus: addCounts(tallies.map((each) => each.byStatus)),
    bySeverity: addCounts(tallies.map((each) => each.bySeverity)),
    byService: addCounts(tallies.map((each) => each.byService)),
    byTeam: addCounts(tallies.map((each) => each.byTeam)),
    byHour: addHours(tallies.map((each) => each.byHour)),
    mttaSeconds: tallies.flatMap((each) => each.mttaSeconds),
    mttrSeconds: tallies.flatMap((each) => each.mttrSeconds),
    answers: {
      severity: addResponseTimes(tallies.map(({ answers }) => answers.severity)),
      service: addResponseTimes(tallies.map(({ answers }) => answers.service)),
      team: addResponseTimes(tallies.map(({ answers }) => answers.team)),
    },
  };
}

/** Returns the number of incidents in a tally. */
export function incidentsOf({ bySeverity }: Pick<Tally, "bySeverity">): number {
  return Object.values(bySeverity).reduce((sum, count) => sum + count, 0);
}

/** Mean of the values; null if there are none. */
export function mean(values: readonly number[]): number | null {
  return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Nearest-rank percentile; null if there are no values. */
export function percentile(values: readonly number[], percent: number): number | null {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? null;
}

/** A null-prototype record, so that a service named like a property of Object is counted correctly. */
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

type Sums = Record<string, ResponseTimes>;

function responseTimesOf({ mttaSeconds, mttrSeconds }: IncidentSummary): ResponseTimes {
  return {
    acknowledged: mttaSeconds === null ? 0 : 1,
    mttaSeconds: mttaSeconds ?? 0,
    resolved: mttrSeconds === null ? 0 : 1,
    mttrSeconds: mttrSeconds ?? 0,
  };
}

function addResponseTimes(sums: readonly Readonly<Sums>[]): Sums {
  const all: Sums = Object.create(null);
  for (const each of sums) {
    for (const [key, more] of Object.entries(each)) {
      const known = all[key];
      all[key] = known ? addSums(known, more) : more;
    }
  }
  return all;
}

function addSums(one: ResponseTimes, other: ResponseTimes): ResponseTimes {
  return {
    acknowledged: one.acknowledged + other.acknowledged,
    mttaSeconds: one.mttaSeconds + other.mttaSeconds,
    resolved: one.resolved + other.resolved,
    mttrSeconds: one.mttrSeconds + other.mttrSeconds,
  };
}

const hours = Array.from({ length: 24 }, (_, hour) => hour);

function hourOf(at: number): number {
  return new Date(at).getUTCHours();
}

function hoursWith(hour: number): number[] {
  return hours.map((each) => (each === hour ? 1 : 0));
}

function addHours(all: readonly (readonly number[])[]): number[] {
  return hours.map((hour) => all.reduce((sum, each) => sum + (each[hour] ?? 0), 0));
}
