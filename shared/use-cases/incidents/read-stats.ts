import type { Incident } from "../../domain/incidents/incident.ts";
import {
  addTallies,
  type DailyTally,
  factsOf,
  type HourlyTally,
  type Tally,
  tally,
} from "../../domain/incidents/stats.ts";
import { formatDate } from "../../domain/wall-clock.ts";
import type { IncidentStore, StatsStore } from "../ports/incidents.ts";
import type { Clock } from "../ports/system.ts";

const hourMs = 3_600_000;
const hoursPerDay = 24;
const dayMs = hoursPerDay * hourMs;

/** Time after an hour until all of its incidents are stored, unless the queue has a backlog. */
const settlingMs = 600_000;

export interface ReadStatsDeps {
  readonly incidents: IncidentStore;
  readonly stats: StatsStore;
}

/** Removes stored statistics that lack a new incident, because its alert waited in a queue for long. */
export async function correctStats(
  { stats, clock }: { readonly stats: StatsStore; readonly clock: Clock },
  { createdAt }: Incident,
): Promise<void> {
  if (clock() - createdAt > settlingMs) await stats.forget(createdAt);
}

/**
 * Reads the tally of the incidents created in the window before now. Of hours and days that are over, only unresolved
 * incidents are read again.
 */
export async function readStats(deps: ReadStatsDeps, windowMs: number, now: number): Promise<Tally> {
  const from = now - windowMs;
  const tallies = daysBetween(from, now).map((day) =>
    day >= from && day + dayMs <= now ? tallyOfDay(deps, day, now) : tallyOfPart(deps, day, from, now),
  );
  return addTallies(await Promise.all(tallies));
}

/** Reads the tallies of UTC days, oldest first; the last one is today so far. */
export function readDailyTallies(deps: ReadStatsDeps, days: number, now: number): Promise<DailyTally[]> {
  const today = startOfDay(now);
  return Promise.all(
    daysBetween(today - (days - 1) * dayMs, now).map(async (day) => ({
      day,
      tally: await (day === today ? tallyOfPart(deps, day, day, now) : tallyOfDay(deps, day, now)),
    })),
  );
}

/** A day with only resolved incidents cannot change, so its tally is stored once and then read as one item. */
async function tallyOfDay(deps: ReadStatsDeps, day: number, now: number): Promise<Tally> {
  const stored = await deps.stats.findDay(formatDate(day));
  if (stored) return stored;
  const read = await readHours(deps, day, now);
  const tallied = addTallies([tallyOf(read.incidents), ...read.hours.map((hour) => hour.tally)]);
  const isFinal = read.hours.length === hoursPerDay && read.incidents.length === 0;
  if (isFinal) await deps.stats.saveDay(formatDate(day), tallied);
  else await saveHours(deps, day, read);
  return tallied;
}

/** Reads the incidents that were created on a day in [since, now]. */
async function tallyOfPart(deps: ReadStatsDeps, day: number, since: number, now: number): Promise<Tally> {
  const from = Math.max(since, day);
  const read = await readHours(deps, day, now);
  await saveHours(deps, day, read);
  const firstHour = Math.ceil((from - day) / hourMs);
  const fullFrom = day + Math.min(firstHour, read.hours.length) * hourMs;
  const partial = from < fullFrom ? await incidentsBetween(deps, from, fullFrom) : [];
  const rest = read.incidents.filter(({ createdAt }) => createdAt >= Math.max(from, fullFrom));
  return addTallies([
    tallyOf([...partial, ...rest]),
    ...read.hours.slice(firstHour).map((hour) => hour.tally),
  ]);
}

interface HoursRead {
  /** Hours of the day that are over, from midnight on. */
  readonly hours: readonly HourlyTally[];
  /** Incidents of the day that are not in their tallies. */
  readonly incidents: readonly Incident[];
  /** True if other hours are stored. */
  readonly changed: boolean;
}

/** Reads what changed since the hours of a day were stored: unresolved incidents, and new ones. */
async function readHours(deps: ReadStatsDeps, day: number, now: number): Promise<HoursRead> {
  const stored = await deps.stats.findHours(formatDate(day));
  const [unresolved, created] = await Promise.all([
    deps.incidents.findAll(stored.flatMap((hour) => hour.unresolved)),
    incidentsBetween(deps, day + stored.length * hourMs, Math.min(day + dayMs, now + 1)),
  ]);
  const incidents = [...unresolved, ...created];
  const byHour = Map.groupBy(incidents, ({ createdAt }) => Math.floor((createdAt - day) / hourMs));
  const over = Math.min(hoursPerDay, Math.floor((now - settlingMs - day) / hourMs));
  const hours = Array.from({ length: Math.max(over, stored.length) }, (_, hour) =>
    withResolved(stored[hour]?.tally, byHour.get(hour) ?? []),
  );
  return {
    hours,
    incidents: incidents.filter(
      (incident) => !isResolved(incident) || incident.createdAt >= day + hours.length * hourMs,
    ),
    changed: hours.length > stored.length || unresolved.some(isResolved),
  };
}

function withResolved(before: Tally | undefined, incidents: readonly Incident[]): HourlyTally {
  const resolved = tallyOf(incidents.filter(isResolved));
  return {
    tally: before ? addTallies([before, resolved]) : resolved,
    unresolved: incidents.filter((incident) => !isResolved(incident)).map(({ id }) => id),
  };
}

async function saveHours(deps: ReadStatsDeps, day: number, { hours, changed }: HoursRead): Promise<void> {
  if (changed) await deps.stats.saveHours(formatDate(day), hours);
}

async function incidentsBetween(deps: ReadStatsDeps, from: number, to: number): Promise<Incident[]> {
  if (from >= to) return [];
  return Array.fromAsync(deps.incidents.createdBetween(from, to));
}

function tallyOf(incidents: readonly Incident[]): Tally {
  return tally(incidents.map(factsOf));
}

function isResolved({ status }: Incident): boolean {
  return status === "resolved";
}

/** Returns the UTC days that overlap [from, to]. */
function daysBetween(from: number, to: number): number[] {
  const first = startOfDay(from);
  return Array.from({ length: Math.floor((to - first) / dayMs) + 1 }, (_, index) => first + index * dayMs);
}

function startOfDay(at: number): number {
  return Math.floor(at / dayMs) * dayMs;
}
